import * as z from 'zod';
import { firstPhase, learnedDecisions, rankingQuestion } from '../../../core/review/rankingInput';
import { recordsInPhase } from '../../../core/review/reviewState';
import { screeningProgress } from '../../../core/review/screeningProgress';
import { screeningQueue } from '../../../core/review/screeningQueue';
import { BioBertError, errorCodes } from '../../../core/errors';
import { defineTool } from '../tool';

const input = z.strictObject({
  phase: z
    .enum(['title', 'abstract', 'fulltext'])
    .optional()
    .describe('The phase of screening. Default: the first one in which a record waits for a decision.'),
});

/** Gives the record that the reviewer decides on next. It never decides. */
export const nextRecord = defineTool({
  name: 'biobert_next_record',
  title: 'Next record to screen',
  description:
    'Gives the record of the review in the open folder that waits for a decision of the reviewer and is most likely relevant, with the question and the criteria of the review. Decisions are the reviewer’s: this tool makes none.',
  input,
  run: async ({ phase: wanted }, source, signal) => {
    const review = await source.review(signal);
    if (!review) throw noReview();
    const { state, reviewer: who } = review;
    const { settings } = state;
    if (wanted !== undefined && !settings.phases.includes(wanted)) throw noPhase(wanted, settings.phases);
    const phase = wanted ?? firstPhase(state, who);
    const records = recordsInPhase(state, phase);
    const decisions = learnedDecisions(state, { phase, who });
    const ranking = await review.rank(records, rankingQuestion(state), decisions);
    const queue = screeningQueue(state, {
      ...{ phase, who, order: 'relevance', ranking, skipped: [] },
      isPending: () => false,
    });
    const [next] = queue;
    const { total, screened, included, excluded, maybe } = screeningProgress(state, phase, who);
    return {
      review: { question: settings.question, criteria: settings.criteria },
      phase,
      reviewer: who,
      progress: { total, screened, included, excluded, maybe, left: queue.length },
      order: ranking ? 'most likely relevant first' : 'as imported',
      ...(next
        ? { record: described(next, phase) }
        : { note: 'No record waits for a decision in this phase.' }),
    };
  },
});

function described(
  { id, title, authors, year, journal, doi, pmid, abstract }: ReturnType<typeof recordsInPhase>[number],
  phase: string,
): object {
  const fields = { id, title, authors, year, journal, doi, pmid };
  const all = phase === 'title' ? fields : { ...fields, abstract };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function noReview(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'The folder has no review.',
    'Start one in VS Code with "BioBERT: New Review" and import records.',
  );
}

function noPhase(phase: string, phases: readonly string[]): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `The review has no phase ${phase}.`,
    `Its phases are ${phases.join(', ')}.`,
  );
}
