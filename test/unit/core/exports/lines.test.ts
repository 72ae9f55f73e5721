import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJsonLine } from '../../../../src/core/exports/jsonl';
import { escapeField, tsvHeader, unescapeField, writeTsvRows } from '../../../../src/core/exports/tsv';
import { annotated, anyText, entity } from './texts';

describe('writeJsonLine', () => {
  it('writes one line with the documented fields', () => {
    const text = 'TNF-\nα';
    expect(writeJsonLine('a.txt', [entity(text, text)])).toBe(
      '{"document":"a.txt","entities":[{"start":0,"end":6,"text":"TNF-\\nα","type":"Gene","probability":0.9731,"name":"TNF- α"}]}\n',
    );
  });

  it('leaves the name out if it equals the text', () => {
    expect(writeJsonLine('a', [entity('BRCA1', 'BRCA1')])).not.toContain('name');
  });

  it('writes one parseable line whose offsets give the text, for any text', () => {
    fc.assert(
      fc.property(annotated, ({ text, entities }) => {
        const line = writeJsonLine('x', entities);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const parsed = JSON.parse(line) as { entities: { start: number; end: number; text: string }[] };
        expect(parsed.entities.map(({ start, end }) => text.slice(start, end))).toEqual(
          parsed.entities.map((each) => each.text),
        );
      }),
    );
  });

  it('keeps a lone surrogate through JSON', () => {
    const line = writeJsonLine('x', [entity('a\uD83D', 'a\uD83D')]);
    expect(line).toContain('\\ud83d');
  });
});

describe('writeTsvRows', () => {
  it('writes as many fields in each row as in the header, for any text', () => {
    fc.assert(
      fc.property(annotated, ({ text, entities }) => {
        const rows = writeTsvRows('a\tb.txt', entities).split('\n').slice(0, -1);
        expect(rows).toHaveLength(entities.length);
        for (const row of rows) {
          const fields = row.split('\t');
          expect(fields).toHaveLength(tsvHeader.split('\t').length);
          expect(unescapeField(fields[5] ?? '')).toBe(text.slice(Number(fields[1]), Number(fields[2])));
        }
      }),
    );
  });

  it('escapes every field reversibly', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeField(text)).not.toMatch(/[\t\n\r]/);
        expect(unescapeField(escapeField(text))).toBe(text);
      }),
    );
  });
});
