import { describe, expect, it } from 'vitest';
import { withVariantNames } from '../../../../src/core/questions/variantNames';
import { someNames } from './someNames';

const read = withVariantNames(someNames);
const namesIn = (text: string) =>
  read(text).map(({ start, end, ids, types }) => [text.slice(start, end), ids[0], [...types][0]]);

describe('names of variants', () => {
  it('are recognised by their form, beside the names that are known', () => {
    expect(namesIn('Does imatinib inhibit EGFR D842V?')).toEqual([
      ['imatinib', 'imatinib', 'Chemical'],
      ['EGFR', 'EGFR', 'Gene'],
      ['D842V', 'variant D842V', 'Variant'],
    ]);
  });

  it.each(['D842V', 'p.D842V', 'p.Asp842Val', 'Asp842Val', 'p.(Asp842Val)'])(
    '%s is the same variant as its other forms',
    (written) => {
      expect(read(`It has ${written} only`).map(({ ids }) => ids)).toEqual([['variant D842V']]);
    },
  );

  it('leave a known name that looks like one as it is', () => {
    const gene = withVariantNames((text) => [
      { start: text.indexOf('A33R'), end: text.indexOf('A33R') + 4, ids: ['A33R'], types: new Set(['Gene']) },
    ]);
    expect(gene('It binds A33R.').map(({ ids }) => ids)).toEqual([['A33R']]);
  });
});
