import { askedPassage, createAskedQuestion, type AskedQuestion } from '../../../core/questions/askedQuestion';
import type { Evidence } from '../../../core/curation/evidenceFile';
import { toDocument } from '../../../core/documents/place';
import type { FormColumn } from '../../../core/review/reviewData';
import type { PassageAnswer, Span } from '../../../core/types';
import type { AnswerResult } from '../../../protocol/engine';
import { modelAnnotator } from '../../../protocol/modelName';
import { ConceptLookup } from '../../engine/conceptLookup';
import { choosePassages } from '../../questions/choosePassages';
import type { ReviewParts } from '../../reviewAccess';
import { formEvidence } from './formEvidence';
import type { FormPaper, FormPassage } from './formPapers';

/** Maximum number of passages of a paper that are read for one question. */
const maxPassages = 48;

/**
 * Less probable values are not proposed. It is the threshold of questions in the panel and not a higher one, because the
 * calibration counts that most papers do not answer a question, but most papers answer those of a form.
 */
const minProposed = 0.1;

interface Found {
  readonly passage: number;
  readonly value: string;
  /** Span of the sentence in the passage. */
  readonly sentence: Span;
  readonly probability: number;
}

/** Asks the question model for the values of the extraction form. */
export class Proposer {
  private readonly concepts: ConceptLookup;
  private readonly asked = new Map<string, Promise<AskedQuestion>>();

  constructor(private readonly parts: Pick<ReviewParts, 'engine' | 'log'>) {
    this.concepts = new ConceptLookup(parts.engine, parts.log);
  }

  /**
   * The best value for a column in a paper.
   *
   * @returns undefined if the column has no question, or no answer is probable enough.
   * @throws {BioBertError} as {@link QuestionEngine.answer}. {@link CancelledError} after the signal aborts.
   */
  async propose(paper: FormPaper, column: FormColumn, signal: AbortSignal): Promise<Evidence | undefined> {
    const { engine } = this.parts;
    const { question } = column;
    if (question === undefined || paper.passages.length === 0) return undefined;
    const asked = await this.askedQuestion(question, signal);
    const passages = await this.choose(asked, paper, signal);
    const result = await engine.answer(
      {
        question,
        passages: passages.map(({ passage }) => ({ ...askedPassage(asked, passage.text), paper: 'this' })),
        maxAnswers: 1,
        priority: 'background',
      },
      { signal },
    );
    const found = bestOf(result);
    const source = found && passages[found.passage];
    return found && source && evidenceOf(paper, column, source, found, result);
  }

  private askedQuestion(question: string, signal: AbortSignal): Promise<AskedQuestion> {
    const known = this.asked.get(question);
    if (known) return known;
    const created = this.concepts
      .mentionedIn(question, signal)
      .then((concepts) => createAskedQuestion(question, concepts));
    this.asked.set(question, created);
    return created;
  }

  private async choose(
    asked: AskedQuestion,
    { passages }: FormPaper,
    signal: AbortSignal,
  ): Promise<readonly FormPassage[]> {
    if (passages.length <= maxPassages) return passages;
    return (await choosePassages(this.parts.engine, asked, passages, maxPassages, signal)).passages;
  }
}

function bestOf({ answers, verdict }: AnswerResult): Found | undefined {
  if (!verdict) return fromAnswer(answers[0]);
  const { answer } = verdict;
  if (answer === 'open' || verdict[answer] < minProposed) return undefined;
  const side = answer === 'yes' ? 'supports' : 'contradicts';
  const stated = verdict.sentences.find(({ stance }) => stance === side);
  return stated && { ...stated, value: answer, probability: verdict[answer] };
}

function fromAnswer(answer: PassageAnswer | undefined): Found | undefined {
  if (!answer || answer.probability < minProposed) return undefined;
  const { passage, text, sentence, probability } = answer;
  return { passage, value: text, sentence, probability };
}

function evidenceOf(
  { uri, publication }: FormPaper,
  column: FormColumn,
  { passage, sentenceLines }: FormPassage,
  { value, sentence, probability }: Found,
  { model }: AnswerResult,
): Evidence {
  const index = passage.sentences.findLastIndex(({ start }) => start <= sentence.start);
  const evidence = formEvidence({
    column,
    document: uri.toString(),
    publication,
    place: toDocument(passage, sentence.start, sentence.end),
    line: sentenceLines[index] ?? 0,
    sentence: passage.text.slice(sentence.start, sentence.end),
    value: value.replace(/\s+/gu, ' ').trim(),
    annotator: modelAnnotator(model),
    probability,
  });
  return { ...evidence, isProposed: true };
}
