import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine } from '../../../../src/core/review/jsonLines';
import { readScreening, ScreeningLog } from '../../../../src/core/review/screeningLog';
import type { Choice, ScreeningLine } from '../../../../src/core/review/reviewData';

let clock = 0;
function line(who: string, choice: Choice | undefined, rest: Partial<ScreeningLine> = {}): ScreeningLine {
  const when = new Date(Date.UTC(2026, 0, 1, 0, 0, clock++)).toISOString();
  return { record: 'r', phase: 'abstract', who, when, ...(choice && { choice }), ...rest };
}
const logOf = (...lines: ScreeningLine[]) => new ScreeningLog(lines);
const outcome = (...lines: ScreeningLine[]) => logOf(...lines).outcome('r', 'abstract');

describe('one reviewer', () => {
  it('has made the last decision of the file', () => {
    expect(outcome(line('Anna', 'include'), line('Anna', 'exclude', { reason: 'mice' }))).toEqual({
      choice: 'exclude',
      reason: 'mice',
    });
  });

  it('can take a decision back', () => {
    expect(outcome(line('Anna', 'include'), line('Anna', 'none'))).toBeUndefined();
  });

  it('can skip a record, which decides nothing', () => {
    const log = logOf(line('Anna', 'skip'));
    expect(log.isSkipped('r', 'abstract', 'Anna')).toBe(true);
    expect(log.decisionOf('r', 'abstract', 'Anna')).toBeUndefined();
  });

  it('decides each phase on its own', () => {
    const log = logOf(line('Anna', 'include'), line('Anna', 'exclude', { phase: 'fulltext' }));
    expect(log.outcome('r', 'abstract')?.choice).toBe('include');
    expect(log.outcome('r', 'fulltext')?.choice).toBe('exclude');
    expect(log.outcome('r', 'title')).toBeUndefined();
  });

  it('changes a note and tags without a decision, each on its own', () => {
    const log = logOf(
      line('Anna', 'maybe', { note: 'small' }),
      line('Anna', undefined, { tags: ['pilot'] }),
      line('Ben', undefined, { note: 'ask Anna', tags: ['pilot', 'old'] }),
    );
    expect(log.remarks('r', 'Anna')).toEqual({ note: 'small', tags: ['pilot'] });
    expect(log.remarks('r', 'Carl')).toEqual({ note: '', tags: [] });
    expect(log.allRemarks('r')).toEqual({ notes: ['small', 'ask Anna'], tags: ['pilot', 'old'] });
    expect(log.decisionOf('r', 'abstract', 'Anna')?.choice).toBe('maybe');
    expect(log.reviewers).toEqual(['Anna', 'Ben']);
  });
});

describe('two reviewers', () => {
  it.each<[a: Choice, b: Choice, result: string]>([
    ['include', 'include', 'include'],
    ['exclude', 'exclude', 'exclude'],
    ['include', 'maybe', 'maybe'],
    ['include', 'exclude', 'conflict'],
    ['maybe', 'exclude', 'conflict'],
    ['skip', 'exclude', 'exclude'],
    ['none', 'include', 'include'],
  ])('who say %s and %s come to: %s', (a, b, result) => {
    const log = logOf(line('Anna', a), line('Ben', b));
    expect(log.isConflict('r', 'abstract')).toBe(result === 'conflict');
    expect(log.outcome('r', 'abstract')?.choice).toBe(result === 'conflict' ? undefined : result);
  });

  it('have their conflict settled for both, by a line that counts before and after further decisions', () => {
    const settling = line('Carl', 'exclude', { settles: true, reason: 'mice' });
    const log = logOf(line('Anna', 'include'), line('Ben', 'exclude'), settling, line('Ben', 'include'));
    expect(log.isConflict('r', 'abstract')).toBe(false);
    expect(log.outcome('r', 'abstract')).toMatchObject({ choice: 'exclude', reason: 'mice' });
    expect(log.decisionOf('r', 'abstract', 'Carl')).toBeUndefined();
    log.add(line('Anna', 'none', { settles: true }));
    expect(log.outcome('r', 'abstract')).toEqual({ choice: 'include', reason: undefined });
  });

  it('give the same result in any order of their files', () => {
    const choice = fc.constantFrom<Choice>('include', 'exclude', 'maybe', 'skip', 'none');
    const lines = (who: string) =>
      fc
        .array(fc.tuple(choice, fc.boolean()), { maxLength: 5 })
        .map((all) => all.map(([each, settles]) => line(who, each, settles ? { settles } : {})));
    fc.assert(
      fc.property(lines('Anna'), lines('Ben'), (anna, ben) => {
        const [one, other] = [logOf(...anna, ...ben), logOf(...ben, ...anna)];
        expect(one.outcome('r', 'abstract')).toEqual(other.outcome('r', 'abstract'));
        expect(one.decisions('r', 'abstract')).toEqual(other.decisions('r', 'abstract'));
      }),
    );
  });
});

describe('readScreening', () => {
  it('reads what was written, and names the lines that it cannot read', () => {
    const lines = [
      line('Anna', 'exclude', { reason: 'mice', note: 'n', tags: ['t'], settles: true }),
      line('Ben', undefined, { note: '' }),
    ];
    const [first, second] = lines.map(jsonLine);
    const wrong = jsonLine({ ...line('Anna', 'include'), choice: 'yes' });
    expect(readScreening(`${first ?? ''}>>>>>>> theirs\n${wrong}${second ?? ''}{"record":"r","ph`)).toEqual({
      entries: lines,
      unread: [2, 3, 5],
    });
  });
});

describe('a record and its duplicate', () => {
  const both = (...lines: ScreeningLine[]) =>
    new ScreeningLog(lines, (record) => (record === 'r' ? ['r', 'copy'] : [record]));
  const copy = { record: 'copy' };

  it('have the decision that was made about the duplicate before they were merged', () => {
    const log = both(line('Anna', 'include', { ...copy, note: 'small', tags: ['pilot'] }));
    expect(log.outcome('r', 'abstract')?.choice).toBe('include');
    expect(log.remarks('r', 'Anna')).toEqual({ note: 'small', tags: ['pilot'] });
    expect(log.allRemarks('r')).toEqual({ notes: ['small'], tags: ['pilot'] });
  });

  it('are a conflict if one reviewer excluded the one and another included the other', () => {
    expect(both(line('Anna', 'exclude'), line('Ben', 'include', copy)).isConflict('r', 'abstract')).toBe(
      true,
    );
  });

  it('have the later decision of a reviewer who decided about both, whatever the order of the lines', () => {
    const [first, second] = [line('Anna', 'exclude', copy), line('Anna', 'include')];
    for (const lines of [
      [first, second],
      [second, first],
    ])
      expect(both(...lines).outcome('r', 'abstract')?.choice).toBe('include');
    expect(both(first, line('Anna', 'none')).outcome('r', 'abstract')).toBeUndefined();
  });

  it('are not skipped if one of them is decided', () => {
    const log = both(line('Anna', 'include', copy), line('Anna', 'skip'));
    expect(log.isSkipped('r', 'abstract', 'Anna')).toBe(false);
  });
});

it('opens a settled conflict again when the person who settled it decides anew', () => {
  const lines = [line('Anna', 'include'), line('Ben', 'exclude'), line('Anna', 'exclude', { settles: true })];
  expect(outcome(...lines)?.choice).toBe('exclude');
  const log = logOf(...lines, line('Anna', 'maybe'));
  expect(log.isConflict('r', 'abstract')).toBe(true);
  expect(outcome(...lines, line('Ben', 'exclude'))?.choice).toBe('exclude');
});
