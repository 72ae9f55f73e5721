/** Time of ranking the records of a review again after one decision. */
import { randomFrom } from '../../src/cli/modelSpeed/texts';
import { createRanker, type RankedText, type RelevanceDecision } from '../../src/core/screening/ranker';
import type { BenchContext } from './context';
import { interleave, median, medianRatio, milliseconds, type Row, times } from './measure';

const wordsEach = 200;
const differentWords = 60_000;
const decidedBefore = 500;
/** One record in so many is relevant. */
const relevantEach = 20;

export async function screening({ rounds, isQuick }: BenchContext): Promise<Row[]> {
  const [most, fewer] = isQuick ? [4000, 1000] : [20_000, 5000];
  const started = performance.now();
  const large = openReview(most);
  const loadMs = performance.now() - started;
  const [largeMs = [], smallMs = []] = await interleave(rounds, [large, openReview(fewer)]);
  const count = most.toLocaleString('en');
  return [
    { what: `Reading ${count} records to rank them`, measured: milliseconds(loadMs), aim: '–' },
    {
      what: `Ranking ${count} records after one more decision`,
      measured: milliseconds(median(largeMs)),
      aim: '≤ 300 ms',
    },
    {
      what: `The same, over ${fewer.toLocaleString('en')} records`,
      measured: times(medianRatio(largeMs, smallMs)),
      aim: `≤ ${most / fewer}×`,
    },
  ];
}

/** @returns an action that decides about the first record of the order, and ranks the others again. */
function openReview(count: number): () => Promise<void> {
  const records = madeUpRecords(count);
  const ranker = createRanker(records);
  const decide = (id: string) => ({ id, relevant: Number(id) % relevantEach === 0 });
  const decisions: RelevanceDecision[] = records.slice(0, decidedBefore).map(({ id }) => decide(id));
  let { order } = ranker.rank(decisions);
  return () => {
    decisions.push(decide(order[0] ?? ''));
    order = ranker.rank(decisions).order;
    return Promise.resolve();
  };
}

/** Words as frequent as in a language (Zipf); relevant records have more words of one subject. */
function madeUpRecords(count: number): readonly RankedText[] {
  const random = randomFrom(7);
  return Array.from({ length: count }, (_, index) => {
    const isRelevant = index % relevantEach === 0;
    const words = Array.from({ length: wordsEach }, () => {
      const isOfSubject = random() < (isRelevant ? 0.08 : 0.01);
      return isOfSubject
        ? `subject${Math.floor(random() * 40)}`
        : `word${Math.floor(differentWords ** random())}`;
    });
    return { id: String(index), title: words.slice(0, 12).join(' '), abstract: words.slice(12).join(' ') };
  });
}
