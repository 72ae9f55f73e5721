import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DuplicateLog, readDuplicates } from '../../../../src/core/review/duplicateLog';
import { jsonLine } from '../../../../src/core/review/jsonLines';
import type { DuplicateLine, DuplicateReason } from '../../../../src/core/review/reviewData';

const when = '2026-11-01T00:00:00.000Z';
const line = (kept: string, duplicate: string, reason: DuplicateReason = 'match'): DuplicateLine => ({
  kept,
  duplicate,
  reason,
  when,
});
const keptOf = (...lines: DuplicateLine[]) => Object.fromEntries(new DuplicateLog(lines).keptOf);

describe('DuplicateLog', () => {
  it('follows chains to the record that is no duplicate itself', () => {
    expect(keptOf(line('b', 'c'), line('a', 'b'), line('c', 'd'))).toEqual({ b: 'a', c: 'a', d: 'a' });
  });

  it('keeps one record of a circle', () => {
    expect(keptOf(line('a', 'b'), line('b', 'c'), line('c', 'a'))).toEqual({ b: 'a', c: 'a' });
  });

  it('takes the last line about two records, whichever of them it names first', () => {
    expect(keptOf(line('a', 'b'), line('b', 'a', 'separate'))).toEqual({});
    expect(keptOf(line('a', 'b', 'separate'), line('b', 'a', 'person'))).toEqual({ a: 'b' });
    expect(keptOf(line('a', 'b', 'doubtful'))).toEqual({});
  });

  it('leaves the rest of a cluster together if one record is separated', () => {
    const log = new DuplicateLog([line('a', 'b'), line('a', 'c')]);
    expect(log.isDuplicate('b')).toBe(true);
    log.add(line('a', 'b', 'separate'));
    expect(Object.fromEntries(log.keptOf)).toEqual({ c: 'a' });
    expect(log.isSeparate('b', 'a')).toBe(true);
    expect(log.isSeparate('a', 'c')).toBe(false);
    expect(log.separated).toHaveLength(1);
  });

  it('lists doubtful pairs until a line decides them, or others have made them one publication', () => {
    const log = new DuplicateLog([line('a', 'b', 'doubtful'), line('c', 'd', 'doubtful')]);
    expect(log.doubtful).toHaveLength(2);
    log.add(line('a', 'b', 'person'));
    expect(log.doubtful.map(({ kept }) => kept)).toEqual(['c']);
    log.add(line('x', 'c'));
    log.add(line('x', 'd'));
    expect(log.doubtful).toEqual([]);
  });

  it('never makes all records of a cluster duplicates, and follows each to one that stays', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const anyLine = fc
      .tuple(id, id, fc.constantFrom<DuplicateReason>('doi', 'match', 'separate', 'doubtful'))
      .filter(([kept, duplicate]) => kept !== duplicate)
      .map(([kept, duplicate, reason]) => line(kept, duplicate, reason));
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (lines) => {
        const log = new DuplicateLog(lines);
        for (const kept of log.keptOf.values()) expect(log.isDuplicate(kept)).toBe(false);
        for (const { kept, duplicate } of log.merged) {
          const endOf = (record: string) => log.keptOf.get(record) ?? record;
          expect(endOf(kept)).toBe(endOf(duplicate));
        }
      }),
    );
  });
});

describe('readDuplicates', () => {
  it('reads what was written, and names the lines that it cannot read', () => {
    const lines: DuplicateLine[] = [
      { ...line('a', 'b'), probability: 0.97 },
      { ...line('a', 'c', 'person'), who: 'Anna' },
    ];
    const bad = [
      '=======\n',
      jsonLine(line('a', 'a')),
      '{"kept":"a","duplicate":"b","reason":"x","when":""}\n',
    ];
    const text = [...lines.map(jsonLine), ...bad, jsonLine({ ...line('d', 'e'), probability: 7 })].join('');
    expect(readDuplicates(text)).toEqual({ entries: [...lines, line('d', 'e')], unread: [3, 4, 5] });
  });
});
