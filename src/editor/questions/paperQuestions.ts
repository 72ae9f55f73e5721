import { toDocument } from '../../core/documents/place';
import { askedPassage, createAskedQuestion, type AskedQuestion } from '../../core/questions/askedQuestion';
import type { PassageAnswer, Span } from '../../core/types';
import type { AnswerResult, ModelInfo } from '../../protocol/engine';
import { ConceptLookup } from '../engine/conceptLookup';
import type { PanelEngine } from '../engine/panelEngine';
import type { Logger } from '../log';
import type { ConceptEngine } from '../../protocol/engine';
import { choosePassages } from './choosePassages';
import type { Paper, PaperPassage } from './paper';

/** Maximum number of passages of a paper that are read for one question. */
const maxPassages = 48;

/**
 * Less probable answers are left out. It is the threshold of questions in the panel and not a higher one, because the
 * calibration counts that most papers do not answer a question, but most papers answer those of a form.
 */
const minProbability = 0.1;

/** The best answer of a paper. It stays valid while the passages have the same texts, wherever they move. */
export interface PaperAnswer {
  /** Index of the passage in the paper. */
  readonly passage: number;
  /** Span of the sentence in the passage. */
  readonly sentence: Span;
  /** On one line; `yes` or `no` for a yes-no question. */
  readonly value: string;
  readonly probability: number;
}

export interface AskedPaper {
  /** Undefined if no answer is probable enough. */
  readonly answer: PaperAnswer | undefined;
  readonly model: ModelInfo;
}

/** The sentence of an answer in its document. */
export interface PlacedAnswer {
  readonly text: string;
  readonly place: Span;
  /** Counted from 1. */
  readonly line: number;
}

/** Asks the question model for one answer of each paper. */
export class PaperQuestions {
  private readonly concepts: ConceptLookup;
  private readonly asked = new Map<string, Promise<AskedQuestion>>();

  constructor(
    private readonly parts: { readonly engine: PanelEngine & ConceptEngine; readonly log: Logger },
  ) {
    this.concepts = new ConceptLookup(parts.engine, parts.log);
  }

  /**
   * The best answer of a paper.
   *
   * @returns undefined for a paper without text.
   * @throws {BioBertError} as {@link QuestionEngine.answer}. {@link CancelledError} after the signal aborts.
   */
  async ask(paper: Paper, question: string, signal: AbortSignal): Promise<AskedPaper | undefined> {
    if (paper.passages.length === 0) return undefined;
    const { engine } = this.parts;
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
    const answer = found && source && { ...found, passage: paper.passages.indexOf(source) };
    return { answer, model: result.model };
  }

  private askedQuestion(question: string, signal: AbortSignal): Promise<AskedQuestion> {
    const known = this.asked.get(question);
    if (known) return known;
    const created = this.concepts
      .mentionedIn(question, signal)
      .then((concepts) => createAskedQuestion(question, concepts));
    this.asked.set(question, created);
    // A question that was cancelled is looked up again.
    created.catch(() => this.asked.delete(question));
    return created;
  }

  private async choose(
    asked: AskedQuestion,
    { passages }: Paper,
    signal: AbortSignal,
  ): Promise<readonly PaperPassage[]> {
    if (passages.length <= maxPassages) return passages;
    return (await choosePassages(this.parts.engine, asked, passages, maxPassages, signal)).passages;
  }
}

/** The sentence of an answer. Undefined if the paper has other passages than those that were asked. */
export function placeAnswer(
  paper: Paper,
  { passage: index, sentence }: PaperAnswer,
): PlacedAnswer | undefined {
  const source = paper.passages[index];
  if (!source || sentence.end > source.passage.text.length) return undefined;
  const { passage, sentenceLines } = source;
  const at = passage.sentences.findLastIndex(({ start }) => start <= sentence.start);
  return {
    text: passage.text.slice(sentence.start, sentence.end),
    place: toDocument(passage, sentence.start, sentence.end),
    line: sentenceLines[at] ?? 0,
  };
}

function bestOf({ answers, verdict }: AnswerResult): PaperAnswer | undefined {
  if (!verdict) return fromAnswer(answers[0]);
  const { answer } = verdict;
  if (answer === 'open' || verdict[answer] < minProbability) return undefined;
  const side = answer === 'yes' ? 'supports' : 'contradicts';
  const stated = verdict.sentences.find(({ stance }) => stance === side);
  if (!stated) return undefined;
  const { passage, sentence } = stated;
  return { passage, sentence, value: answer, probability: verdict[answer] };
}

function fromAnswer(answer: PassageAnswer | undefined): PaperAnswer | undefined {
  if (!answer || answer.probability < minProbability) return undefined;
  const { passage, text, sentence, probability } = answer;
  return { passage, sentence, value: text.replace(/\s+/gu, ' ').trim(), probability };
}
