import { beforeEach, describe, expect, it } from 'vitest';
import { emptySettings } from '../../../../../src/core/review/settings';
import type { DuplicateLine, DuplicateReason } from '../../../../../src/core/review/reviewData';
import { run } from '../../../../../src/editor/review/commands/showDuplicates';
import type { ReviewFolder } from '../../../../../src/runtime/review/reviewFolder';
import { record } from '../../../core/review/support';
import { createReview, reviewIn, useReviewTools } from '../support';

const setup = useReviewTools();
const when = '2026-11-01T00:00:00.000Z';
const line = (
  kept: string,
  duplicate: string,
  reason: DuplicateReason,
  probability?: number,
): DuplicateLine => ({
  kept,
  duplicate,
  reason,
  when,
  ...(probability !== undefined && { probability }),
});
let review: ReviewFolder;

beforeEach(async () => {
  review = await createReview(setup, emptySettings);
  const source = {
    id: 's1',
    file: 'a.ris',
    database: 'Embase',
    kind: 'database',
    records: 8,
    imported: when,
  } as const;
  const records = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id, index) =>
    record(id, { index, title: `Study ${id}`, authors: ['Zinc, Anna'], year: 2000 + index }),
  );
  await review.addImports(
    [{ source, records }],
    [
      line('a', 'b', 'doi'),
      line('c', 'd', 'doubtful', 0.6),
      line('e', 'f', 'doubtful', 0.8),
      line('g', 'h', 'match', 0.999),
    ],
  );
});
const decisions = async () => {
  const { duplicates } = (await reviewIn(setup.folder)).state;
  return {
    merged: duplicates.merged.map(({ kept, duplicate, reason, who }) => [kept, duplicate, reason, who]),
    separated: duplicates.separated.map(({ kept, duplicate, who }) => [kept, duplicate, who]),
    doubtful: duplicates.doubtful.map(({ kept }) => kept),
  };
};

describe('Show Duplicates', () => {
  it('lists doubtful pairs with their differences, the most probable first, then what was merged', async () => {
    setup.user.picks = [undefined];
    await run(setup.tools, []);
    expect(setup.user.lists[0]).toMatchObject([
      { label: 'Need a look (2)', kind: -1 },
      {
        label: '$(question) Zinc 2004, Study e',
        description: '80 %',
        detail: 'Title: Study e | Study f; Year: 2004 | 2005 · a.ris',
      },
      { label: '$(question) Zinc 2002, Study c', description: '60 %' },
      { label: 'Merged: Embase, a.ris (2)', kind: -1 },
      { label: '$(git-merge) Zinc 2000, Study a', description: 'same DOI', detail: 'Zinc 2001, Study b' },
      { label: '$(git-merge) Zinc 2006, Study g', description: '99 %' },
    ]);
  });

  it('shows long titles from where they differ, and names the files', async () => {
    const beginning = 'Effects of low-dose methotrexate in adults with active rheumatoid arthritis: ';
    const source = {
      id: 's2',
      file: 'b.nbib',
      database: 'PubMed',
      kind: 'database',
      records: 2,
      imported: when,
    } as const;
    const change = { authors: ['Iron, Carl'], year: 1999 };
    const first = record('x', { index: 8, ...change, title: `${beginning}a protocol` });
    const second = record('y', { index: 9, ...change, title: `${beginning}a trial`, source: 's2' });
    await review.addImports([{ source, records: [first, second] }], [line('x', 'y', 'doubtful', 0.9)]);
    setup.user.picks = [undefined];
    await run(setup.tools, []);
    expect(setup.user.lists[0]?.[1]).toMatchObject({
      label: '$(question) Iron 1999, Effects of low-dose methotrexate in adults …',
      detail: expect.stringMatching(
        /^Title: … arthritis: a protocol \| … arthritis: a trial · .*b\.nbib$/,
      ) as string,
    });
  });

  it('shows a pair side by side, writes the decision and goes to the next doubtful pair', async () => {
    const { user, tools } = setup;
    user.picks = ['Study e', 'One publication', 'Two publications', undefined];
    await run(tools, []);
    expect(await decisions()).toEqual({
      merged: [
        ['a', 'b', 'doi', undefined],
        ['g', 'h', 'match', undefined],
        ['e', 'f', 'person', 'Anna'],
      ],
      separated: [['c', 'd', 'Anna']],
      doubtful: [],
    });
    const compared = user.executed.map(([command, left, right]) => [command, String(left), String(right)]);
    expect(compared).toEqual([
      ['vscode.diff', 'biobert-review:/Zinc, Anna 2004?e', 'biobert-review:/Zinc, Anna 2005?f'],
      ['vscode.diff', 'biobert-review:/Zinc, Anna 2002?c', 'biobert-review:/Zinc, Anna 2003?d'],
    ]);
    expect(user.messages).toEqual(['All pairs are decided.']);
    expect(user.lists.at(-1)?.map(({ label }) => label)).toContain('Two publications (1)');
    expect(review.state.duplicates.isDuplicate('f')).toBe(true);
  });

  it('leaves a pair for later and stops at Escape', async () => {
    const { user, tools } = setup;
    user.picks = ['Study c', 'Later', undefined];
    await run(tools, []);
    expect((await decisions()).doubtful).toEqual(['c', 'e']);
    user.picks = ['Study c', 'Later', 'Later', undefined];
    await run(tools, []);
    expect(user.messages).toEqual(['Pairs that are left for later: 2']);
  });

  it('undoes a merge, and that decision again', async () => {
    const { user, tools } = setup;
    user.picks = ['Study a', 'Two publications', undefined];
    await run(tools, []);
    expect(user.lists[1]?.map(({ label }) => label)).toEqual(['Two publications', 'Later']);
    expect((await decisions()).separated).toEqual([['a', 'b', 'Anna']]);
    expect(review.state.duplicates.isDuplicate('b')).toBe(false);
    user.picks = ['Study a', 'One publication', undefined];
    await run(tools, []);
    expect((await decisions()).merged.at(-1)).toEqual(['a', 'b', 'person', 'Anna']);
  });

  it('says so if there are none', async () => {
    await review.addDuplicates([]);
    const empty = {
      ...review.state,
      duplicates: new (review.state.duplicates.constructor as new () => never)(),
    };
    Object.assign(review, { current: empty });
    await run(setup.tools, []);
    expect(setup.user.messages).toEqual(['No duplicates were found in this review.']);
  });
});
