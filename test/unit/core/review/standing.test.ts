import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { includedSoFar } from '../../../../src/core/review/reviewState';
import { standingOf } from '../../../../src/core/review/standing';
import type { Choice } from '../../../../src/core/review/reviewData';
import { decided, kaplan, review } from './reviews';

describe('the standing of a record', () => {
  it.each([
    [[], { decision: 'undecided' }],
    [[decided(kaplan.id, 'maybe')], { decision: 'maybe' }],
    [[decided(kaplan.id, 'include')], { decision: 'include' }],
    [[decided(kaplan.id, 'exclude', { reason: 'animals' })], { decision: 'exclude', reason: 'animals' }],
    [
      [decided(kaplan.id, 'include'), decided(kaplan.id, 'exclude', { phase: 'fulltext', reason: 'dose' })],
      { decision: 'exclude', reason: 'dose' },
    ],
  ])('follows from the decisions of all phases: %#', (decisions, expected) => {
    expect(standingOf(review({ records: [kaplan], decisions }), kaplan.id)).toEqual(expected);
  });

  it('says that a record is included exactly if it is included so far', () => {
    const choice = fc.constantFrom<Choice>('include', 'exclude', 'maybe', 'skip', 'none');
    const line = fc.record({
      choice,
      phase: fc.constantFrom('abstract', 'fulltext'),
      who: fc.constantFrom('A', 'B'),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const decisions = lines.map(({ choice: each, phase, who }) =>
          decided(kaplan.id, each, { phase: phase, who }),
        );
        const state = review({ records: [kaplan], decisions });
        expect(standingOf(state, kaplan.id).decision === 'include').toBe(includedSoFar(state).length === 1);
      }),
    );
  });
});
