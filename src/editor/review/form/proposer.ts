import type { Evidence } from '../../../core/curation/evidenceFile';
import type { FormColumn } from '../../../core/review/reviewData';
import { modelAnnotator } from '../../../protocol/modelName';
import type { Paper } from '../../questions/paper';
import { PaperQuestions, placeAnswer } from '../../questions/paperQuestions';
import type { ReviewParts } from '../../reviewAccess';
import { formEvidence } from './formEvidence';

/** Asks the question model for the values of the extraction form. */
export class Proposer {
  private readonly questions: PaperQuestions;

  constructor(parts: Pick<ReviewParts, 'engine' | 'log'>) {
    this.questions = new PaperQuestions(parts);
  }

  /**
   * The best value for a column in a paper.
   *
   * @returns undefined if the column has no question, or no answer is probable enough.
   * @throws {BioBertError} as {@link PaperQuestions.ask}. {@link CancelledError} after the signal aborts.
   */
  async propose(paper: Paper, column: FormColumn, signal: AbortSignal): Promise<Evidence | undefined> {
    const { question } = column;
    if (question === undefined) return undefined;
    const { answer, model } = (await this.questions.ask(paper, question, signal)) ?? {};
    const placed = answer && placeAnswer(paper, answer);
    if (!placed || !model) return undefined;
    const { value, probability } = answer;
    const evidence = formEvidence({
      ...{ column, value, probability, sentence: placed.text },
      ...{ place: placed.place, line: placed.line },
      document: paper.uri.toString(),
      publication: paper.publication,
      annotator: modelAnnotator(model),
    });
    return { ...evidence, isProposed: true };
  }
}
