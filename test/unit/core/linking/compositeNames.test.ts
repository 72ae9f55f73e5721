import { describe, expect, it } from 'vitest';
import { parsedParts } from '../../../../src/core/linking/compositeNames';

describe('the parts of a name', () => {
  it.each([
    ['breast and ovarian cancer', ['breast cancer', 'ovarian cancer']],
    ['ERK1/2', ['ERK1', 'ERK2']],
    ['hypo- and hyperthyroidism', ['hypothyroidism', 'hyperthyroidism']],
    ['liver, lung and bone metastases', ['liver metastases', 'lung metastases', 'bone metastases']],
  ])('of %s are among the readings', (name, parts) => {
    expect([...parsedParts(name)]).toContainEqual(parts);
  });

  it('do not exist for a single name', () => {
    expect([...parsedParts('breast cancer')]).toEqual([]);
  });

  it('are few in a long enumeration', () => {
    const name = Array.from({ length: 1000 }, (_, i) => `a${i}-`).join(', ');
    expect([...parsedParts(name)].length).toBeLessThan(10);
  });
});
