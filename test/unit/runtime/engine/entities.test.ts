import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { readRecords, recordStarts } from '../../../../src/core/records/readRecords';
import type { DocumentFormat, Span } from '../../../../src/core/types';
import { segmentsIn } from '../../../../src/runtime/engine/documentCache';
import { consistencyOf } from '../../../../src/runtime/engine/entities';

function contextOf(text: string, range: Span | undefined, format: DocumentFormat = 'plain') {
  const parsed = parseDocument(text, format);
  const { segments, covered } = segmentsIn(parsed, range);
  const records = recordStarts(text, format);
  return consistencyOf(parsed, records, segments, covered).context?.map((segment) => segment.text);
}

describe('the context of a tagged range', () => {
  it('is undefined if the whole document is tagged', () => {
    expect(contextOf('One.\n\nTwo.', undefined)).toBeUndefined();
  });

  it('is the rest of a document', () => {
    expect(contextOf('One.\n\nTwo.\n\nThree.', { start: 7, end: 7 })).toEqual(['One.', 'Three.']);
  });

  it('is limited to nearby segments in a long document', () => {
    const paragraph = 'word '.repeat(100).trim();
    const text = Array(1000).fill(paragraph).join('\n\n');
    const context = contextOf(text, { start: text.length >> 1, end: text.length >> 1 }) ?? [];
    expect(context.length).toBeGreaterThan(2);
    expect(context.join('').length).toBeLessThan(12_000);
  });

  it('is the same record in a file with several', () => {
    const record = (id: number) => `PMID- ${id}\nTI  - Title ${id}.\nAB  - Text ${id}.\n\n`;
    const text = [1, 2, 3].map(record).join('');
    const at = text.indexOf('Title 2');
    expect(contextOf(text, { start: at, end: at }, 'medline')).toEqual(['Text 2.']);
  });
});

describe('recordStarts', () => {
  it.each<[DocumentFormat, string]>([
    ['plain', 'text'],
    ['medline', 'x\nPMID- 1\nTI  - a\n\nPMID- 2\nTI  - b'],
    ['ris', 'TY  - JOUR\nER  - \nTY  - JOUR\n'],
    ['bibtex', '@article{a, title={b}}\n@article{c, title={d}}'],
    ['medline', ''],
  ])('agrees with the records of a file: %s', (format, text) => {
    expect(recordStarts(text, format)).toEqual(readRecords(text, format).map(({ start }) => start));
  });
});
