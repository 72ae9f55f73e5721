import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRanker, type RelevanceDecision } from '../../../../src/core/screening/ranker';
import { screeningRecords } from '../../../support/screeningRecords';

const relevant = 6;
const records = screeningRecords(60, relevant);
const ids = records.map(({ id }) => id);
const isRelevant = (id: string) => ids.indexOf(id) < relevant;
const question = 'Does music lower the anxiety of patients before surgery?';

/** The share of relevant records among the first undecided ones. */
function shareAtTop(order: readonly string[], count: number): number {
  return order.slice(0, count).filter(isRelevant).length / count;
}

const decided = (...some: readonly string[]): RelevanceDecision[] =>
  some.map((id) => ({ id, relevant: isRelevant(id) }));

describe('the ranker', () => {
  it.each([
    ['one decision of each kind', '', decided('r2', 'r40')],
    ['the question alone', question, []],
    ['the question and an irrelevant record', question, decided('r40')],
    ['a relevant record alone', '', decided('r2')],
    ['many decisions', question, decided('r2', 'r40', 'r41', 'r5', 'r50', 'r51', 'r52')],
  ])('puts relevant records first after %s', (_name, asked, decisions) => {
    const { order } = createRanker(records, { question: asked }).rank(decisions);
    const left = relevant - decisions.filter((decision) => decision.relevant).length;
    expect(shareAtTop(order, left)).toBeGreaterThanOrEqual(0.75);
  });

  it('puts records first that differ from irrelevant ones if it knows nothing else', () => {
    const { order } = createRanker(records).rank(decided(...ids.slice(10, 40)));
    const places = ids.slice(0, relevant).map((id) => order.indexOf(id));
    const mean = places.reduce((sum, place) => sum + place, 0) / relevant;
    expect(mean).toBeLessThan((order.length - 1) / 2);
  });

  it('keeps the order of the records without a question and decisions', () => {
    expect(createRanker(records).rank([]).order).toEqual(ids);
  });

  it('has each undecided record once and no decided one, in descending order of the scores', () => {
    const anyDecisions = fc.array(
      fc.record({ id: fc.constantFrom(...ids, 'unknown'), relevant: fc.boolean() }),
      { maxLength: 80 },
    );
    const ranker = createRanker(records, { question });
    fc.assert(
      fc.property(anyDecisions, (decisions) => {
        const { order, scores } = ranker.rank(decisions);
        const known = new Set(decisions.map(({ id }) => id));
        expect([...order].sort()).toEqual(ids.filter((id) => !known.has(id)).sort());
        expect(scores).toEqual(Float64Array.from(scores).sort().reverse());
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same order for the same calls', () => {
    const orders = [1, 2].map(() => {
      const ranker = createRanker(records, { question, seed: 3 });
      ranker.rank(decided('r40'));
      return ranker.rank(decided('r40', 'r1', 'r30'));
    });
    expect(orders[0]).toEqual(orders[1]);
  });

  it('ranks as if it had never known a decision that was taken back', () => {
    const ranker = createRanker(records);
    ranker.rank([...decided('r1', 'r20', 'r30'), { id: 'r3', relevant: false }]);
    const again = ranker.rank(decided('r1', 'r20', 'r30'));
    const fresh = createRanker(records).rank(decided('r1', 'r20', 'r30'));
    const scoreOf = new Map(fresh.order.map((id, index) => [id, fresh.scores[index] ?? NaN]));
    for (const [index, id] of again.order.entries())
      expect(again.scores[index]).toBeCloseTo(scoreOf.get(id) ?? NaN, 3);
  });

  it('counts the last decision about a record', () => {
    const flipped = [...decided('r40'), { id: 'r2', relevant: false }, { id: 'r2', relevant: true }];
    const { order } = createRanker(records).rank(flipped);
    expect(order).toEqual(createRanker(records).rank(decided('r40', 'r2')).order);
  });

  it('takes no records, and records without text', () => {
    expect(createRanker([]).rank([]).order).toEqual([]);
    const empty = createRanker(['a', 'b', 'c'].map((id) => ({ id, title: '', abstract: '' })));
    expect(empty.rank([{ id: 'b', relevant: true }]).order).toEqual(['a', 'c']);
  });

  it('is done when all records are decided', () => {
    expect(createRanker(records, { question }).rank(decided(...ids)).order).toEqual([]);
  });
});
