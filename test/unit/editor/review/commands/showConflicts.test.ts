import { beforeEach, describe, expect, it } from 'vitest';
import { emptySettings } from '../../../../../src/core/review/settings';
import type { Choice, ScreeningLine } from '../../../../../src/core/review/reviewData';
import { run } from '../../../../../src/editor/review/commands/showConflicts';
import type { ReviewFolder } from '../../../../../src/runtime/review/reviewFolder';
import { record } from '../../../core/review/support';
import { createReview, reviewIn, useReviewTools } from '../support';

const setup = useReviewTools();
const when = '2026-11-01T00:00:00.000Z';
let review: ReviewFolder;

const said = (id: string, who: string, choice: Choice, rest: Partial<ScreeningLine> = {}): ScreeningLine => ({
  record: id,
  phase: 'abstract',
  who,
  when,
  choice,
  ...rest,
});

beforeEach(async () => {
  review = await createReview(setup, {
    ...emptySettings,
    criteria: { include: [], exclude: ['No humans', 'No trial'] },
  });
  const source = {
    id: 's1',
    file: 'a.ris',
    database: 'Embase',
    kind: 'database',
    records: 2,
    imported: when,
  } as const;
  await review.addImports([{ source, records: [record('a'), record('b', { index: 1 })] }]);
  for (const line of [
    said('a', 'Anna', 'include'),
    said('a', 'Ben', 'exclude', { reason: 'Only mice', note: 'see the\nmethods' }),
    said('b', 'Anna', 'maybe'),
    said('b', 'Ben', 'exclude', { reason: 'No trial' }),
  ])
    await review.decide(line);
});
const outcome = async (id: string) => (await reviewIn(setup.folder)).state.screening.outcome(id, 'abstract');

describe('Show Conflicts', () => {
  it('lists both decisions with reasons and notes, and settles one after the other', async () => {
    const { user, tools } = setup;
    user.picks = ['Title of a', 'Exclude…', 'Only mice', 'Include'];
    await run(tools, []);
    expect(user.lists[0]).toMatchObject([
      { label: 'Title and abstract (2)', kind: -1 },
      { label: 'Title of a', detail: 'Anna: include; Ben: exclude (Only mice) – see the methods' },
      { label: 'Title of b', detail: 'Anna: maybe; Ben: exclude (No trial)' },
    ]);
    expect(user.lists[2]?.map(({ label }) => label)).toEqual([
      'Only mice',
      'No humans',
      'No trial',
      'Another reason…',
    ]);
    expect(user.opened).toEqual(['biobert-review:/record?a', 'biobert-review:/record?b']);
    expect(await outcome('a')).toMatchObject({ choice: 'exclude', reason: 'Only mice' });
    expect(await outcome('b')).toMatchObject({ choice: 'include' });
    expect(user.messages).toEqual(['All conflicts are settled.']);
  });

  it('takes a reason in the words of the user', async () => {
    const { user, tools } = setup;
    user.picks = ['Title of a', 'Exclude…', 'Another reason…', undefined];
    user.texts = ['A review'];
    await run(tools, []);
    expect(await outcome('a')).toMatchObject({ choice: 'exclude', reason: 'A review' });
    expect(await outcome('b')).toBeUndefined();
  });

  it.each([
    ['the list', [undefined]],
    ['the decision', ['Title of a', undefined]],
    ['the reason', ['Title of a', 'Exclude…', undefined]],
  ])('settles nothing if the user cancels at %s', async (_where, picks) => {
    setup.user.picks = picks;
    await run(setup.tools, []);
    expect(await outcome('a')).toBeUndefined();
  });

  it('says so if there are none', async () => {
    for (const id of ['a', 'b']) await review.decide(said(id, 'Ben', 'include'));
    await run(setup.tools, []);
    expect(setup.user.messages).toEqual(['The reviewers do not disagree about any record.']);
  });
});
