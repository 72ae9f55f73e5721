import { describe, expect, it } from 'vitest';
import { DuplicateLog } from '../../../../src/core/review/duplicateLog';
import {
  conflictsIn,
  includedRecords,
  includedSoFar,
  recordsInPhase,
  type ReviewState,
  uniqueRecords,
} from '../../../../src/core/review/reviewState';
import { ScreeningLog } from '../../../../src/core/review/screeningLog';
import { emptySettings } from '../../../../src/core/review/settings';
import type { Choice, Phase, ReviewRecord } from '../../../../src/core/review/reviewData';
import { record } from './support';

const when = '2026-11-01T00:00:00.000Z';
const ids = (records: readonly ReviewRecord[]) => records.map(({ id }) => id);

function review(
  ...decisions: readonly (readonly [id: string, phase: Phase, choice: Choice, who?: string])[]
) {
  const lines = decisions.map(([id, phase, choice, who = 'Anna']) => ({
    record: id,
    phase,
    choice,
    who,
    when,
  }));
  return {
    settings: { ...emptySettings, phases: ['title', 'abstract', 'fulltext'] },
    records: ['a', 'b', 'c', 'd'].map((id) => record(id)),
    duplicates: new DuplicateLog([{ kept: 'a', duplicate: 'd', reason: 'doi', when }]),
    screening: new ScreeningLog(lines),
  } satisfies ReviewState;
}

describe('the records of a phase', () => {
  it('are all but duplicates in the first one', () => {
    expect(ids(recordsInPhase(review(), 'title'))).toEqual(['a', 'b', 'c']);
    expect(ids(uniqueRecords(review()))).toEqual(['a', 'b', 'c']);
  });

  it('are those that passed every earlier phase', () => {
    const state = review(
      ['a', 'title', 'include'],
      ['b', 'title', 'maybe'],
      ['c', 'title', 'exclude'],
      ['a', 'abstract', 'include'],
      ['c', 'abstract', 'include'],
    );
    expect(ids(recordsInPhase(state, 'abstract'))).toEqual(['a', 'b']);
    expect(ids(recordsInPhase(state, 'fulltext'))).toEqual(['a']);
  });

  it('keep their decisions when an earlier phase is added', () => {
    const state = review(
      ['a', 'abstract', 'include'],
      ['b', 'abstract', 'exclude'],
      ['c', 'title', 'exclude'],
    );
    expect(ids(recordsInPhase(state, 'title'))).toEqual(['a', 'b', 'c']);
    expect(ids(recordsInPhase(state, 'abstract'))).toEqual(['a', 'b']);
    expect(ids(recordsInPhase(state, 'fulltext'))).toEqual(['a']);
  });

  it('lack those about which reviewers disagree, until that is settled', () => {
    const decisions = [
      ['a', 'title', 'include'],
      ['a', 'title', 'exclude', 'Ben'],
    ] as const;
    const state = review(...decisions);
    expect(ids(conflictsIn(state, 'title'))).toEqual(['a']);
    expect(recordsInPhase(state, 'abstract')).toEqual([]);
    state.screening.add({ record: 'a', phase: 'title', choice: 'include', who: 'Carl', when, settles: true });
    expect(conflictsIn(state, 'title')).toEqual([]);
    expect(ids(recordsInPhase(state, 'abstract'))).toEqual(['a']);
  });
});

describe('included records', () => {
  const state = review(
    ['a', 'title', 'include'],
    ['a', 'abstract', 'include'],
    ['a', 'fulltext', 'include'],
    ['b', 'title', 'include'],
    ['b', 'abstract', 'include'],
    ['c', 'title', 'include'],
    ['c', 'abstract', 'exclude'],
  );

  it('are included in the last phase', () => {
    expect(ids(includedRecords(state))).toEqual(['a']);
  });

  it('are, so far, those that no phase excludes and the last decision includes', () => {
    expect(ids(includedSoFar(state))).toEqual(['a', 'b']);
  });
});
