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

/** The characters at which Python's `str.splitlines` splits, and the tab. */
const pythonLineEnd = /[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;

describe('writeTsvRows', () => {
  it.each(Array.from('\v\f\x1c\x1d\x1e\x85\u2028\u2029'))('escapes %j', (end) => {
    expect(escapeField(`a${end}b`)).toMatch(/^a\\u[0-9a-f]{4}b$/);
    expect(unescapeField(escapeField(`a\\${end}b`))).toBe(`a\\${end}b`);
    const [row = ''] = writeTsvRows('x', [entity(`zinc${end}finger`, `zinc${end}finger`)]).split('\n');
    expect(row.split('\t')[5]).toMatch(/^zinc\\u[0-9a-f]{4}finger$/);
  });

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
        expect(escapeField(text)).not.toMatch(pythonLineEnd);
        expect(unescapeField(escapeField(text))).toBe(text);
      }),
    );
  });
});
