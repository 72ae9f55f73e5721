import { describe, expect, it } from 'vitest';
import { placeOf, proseOf } from './checks';

const notebook = (...cells: readonly { readonly cell_type: string; readonly source: unknown }[]): string =>
  JSON.stringify({ nbformat: 4, cells }, null, 1);

describe('a notebook', () => {
  it('has prose only in Markdown cells', () => {
    const text = notebook(
      { cell_type: 'markdown', source: ['# The *BRCA1* gene\n', '\n', 'breast\n', 'cancer and `x`'] },
      { cell_type: 'code', source: ['TP53 = 1'] },
      { cell_type: 'markdown', source: 'On "TNF-$\\alpha$" & \\*\n\nEnd.' },
    );
    expect(proseOf(text, 'notebook')).toEqual([
      'The BRCA1 gene',
      'breast cancer and',
      'On "TNF-α" & *',
      'End.',
    ]);
    expect(placeOf(text, 'notebook', 'TNF-α')).toBe('TNF-$\\\\alpha$');
    expect(placeOf(text, 'notebook', 'breast cancer')).toMatch(/^breast\\n",\s+"cancer$/);
  });

  it('keeps the offsets of escaped characters', () => {
    const text =
      '{"cells":[{"cell_type":"markdown","source":["TNF-\\u03b1 and \\ud83d\\ude00 \\"EGFR\\""]}]}';
    expect(proseOf(text, 'notebook')).toEqual(['TNF-α and 😀 "EGFR"']);
    expect(placeOf(text, 'notebook', 'TNF-α')).toBe('TNF-\\u03b1');
    expect(placeOf(text, 'notebook', '😀')).toBe('\\ud83d\\ude00');
    expect(placeOf(text, 'notebook', 'EGFR')).toBe('EGFR');
  });

  it.each([
    '',
    '{',
    '[]',
    '{"cells": 1}',
    '{"cells": [null, {"cell_type": "markdown"}]}',
    '{"cells":[{"cell_type":"markdown","source":[1]}]}',
  ])('has no prose in %j', (text) => {
    expect(proseOf(text, 'notebook')).toEqual([]);
  });

  it('is read as far as possible if the file is truncated', () => {
    expect(proseOf('{"cells":[{"cell_type":"markdown","source":["On TP53', 'notebook')).toEqual(['On TP53']);
  });
});
