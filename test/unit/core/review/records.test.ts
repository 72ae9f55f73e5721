import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../../src/core/records/readRecords';
import { readRecordLines, recordLine, referenceOf, reviewRecords } from '../../../../src/core/review/records';
import type { Reference } from '../../../../src/core/review/reviewData';
import { recordFiles } from '../../../support/recordFiles';
import { record, reference } from './support';

const idsOf = (references: readonly Reference[], taken: Iterable<string> = []): readonly string[] =>
  reviewRecords(references, 's1', new Set(taken)).map(({ id }) => id);

describe('the identifier of a record', () => {
  it.each([
    [{ pmid: '1', doi: '10.1/a', title: 'Niacin' }, 'pmid:1'],
    [{ doi: '10.1/a', title: 'Niacin' }, 'doi:10.1/a'],
    [{ title: 'Niacin in gout: α', authors: ['Zinc, Anna'], year: 2021 }, 'title:zinc:2021:niacin-in-gout-α'],
    [{ title: '—', key: 'zinc2021' }, 'key:zinc2021'],
    [{}, 'key:none'],
  ])('of %j is %s', (fields, id) => {
    expect(idsOf([reference(fields)])).toEqual([id]);
  });

  it('is numbered if another record has it', () => {
    expect(idsOf([reference({ pmid: '1' })], ['pmid:1', 'pmid:1#2'])).toEqual(['pmid:1#3']);
  });
});

describe('reviewRecords', () => {
  const anyReference = fc
    .record({
      pmid: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
      key: fc.constantFrom('a', 'b'),
    })
    .map((fields) => reference(fields));

  it('gives each record the first number of its identifier that is free', () => {
    fc.assert(
      fc.property(
        fc.array(anyReference),
        fc.array(fc.constantFrom('pmid:1', 'key:a#2')),
        (references, others) => {
          const taken = new Set<string>(others);
          const before = new Set<string>(others);
          for (const { id } of reviewRecords(references, 's1', taken)) {
            const [base = '', number = '1'] = id.split('#');
            const smaller = Array.from({ length: Number(number) - 1 }, (_, at) =>
              at === 0 ? base : `${base}#${at + 1}`,
            );
            expect(before).not.toContain(id);
            for (const each of smaller) expect(before).toContain(each);
            before.add(id);
          }
          expect(taken).toEqual(before);
        },
      ),
    );
  });

  it('numbers twenty thousand records that state nothing', () => {
    const records = reviewRecords(
      Array.from({ length: 20_000 }, () => reference()),
      's1',
      new Set(),
    );
    expect(records.at(-1)).toMatchObject({ id: 'key:none#20000', index: 19_999, source: 's1' });
  });
});

describe('a line of records.jsonl', () => {
  it.each(Object.entries(recordFiles))('keeps what a file in the format %s states', (format, text) => {
    const [found] = readRecords(text, format as keyof typeof recordFiles);
    if (!found) throw new Error('No record');
    const before = record('1', referenceOf(found));
    const { entries, unread } = readRecordLines(recordLine(before));
    expect(unread).toEqual([]);
    expect(JSON.parse(JSON.stringify(entries))).toEqual([JSON.parse(JSON.stringify(before))]);
  });

  it('keeps any text, and takes one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), (abstract, authors) => {
        const line = recordLine(record('1', { abstract, authors }));
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(readRecordLines(line).entries).toMatchObject([{ abstract, authors }]);
      }),
    );
  });

  it('is written without empty lists and without fields that are unknown', () => {
    expect(recordLine(record('1', { title: undefined }))).toBe(
      '{"id":"1","source":"s1","index":0,"authors":[]}\n',
    );
  });
});

describe('readRecordLines', () => {
  it('names the lines that it cannot read: conflict markers, half lines, lines without an identifier', () => {
    const good = recordLine(record('1'));
    const other = recordLine(record('2'));
    const text = `<<<<<<< ours\n${good}=======\n${other}>>>>>>> theirs\n{"source":"s1","index":0}\n\n{"id":"3","so`;
    const { entries, unread } = readRecordLines(text);
    expect(entries.map(({ id }) => id)).toEqual(['1', '2']);
    expect(unread).toEqual([1, 3, 5, 6, 8]);
  });

  it('reads files with the line breaks of Windows', () => {
    expect(readRecordLines(recordLine(record('1')).replace('\n', '\r\n'))).toMatchObject({
      entries: [{ id: '1' }],
      unread: [],
    });
  });
});
