import * as vscode from 'vscode';
import { toDocument } from '../../core/documents/place';
import type { PassageAnswer, Span, Verdict } from '../../core/types';
import { answerLimit } from '../../protocol/answerLimit';
import { modelIdentity, modelName } from '../../protocol/modelName';
import type { AnswerResult, ModelInfo } from '../../protocol/engine';
import type {
  AnswerRow,
  AskProgress,
  AskResult,
  PlaceName,
  ReasonRow,
  VerdictView,
} from '../../protocol/panel';
import type { DocumentMark } from '../annotations/markedText';
import type { PanelEngine } from '../engine/panelEngine';
import type { FoundPassages, PassageSource, SourcePassage } from './passageSource';
import type { Place } from '../annotations/places';
import { shortNames } from '../documents/shortNames';

export interface AskOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AskProgress) => void;
}

/** An answer or a reason as the panel shows it, with its place. */
export interface Answered {
  readonly place: Place;
  /** The sentence, in words. */
  readonly text: string;
  readonly answer: string;
  readonly probability: number;
  readonly line: number;
}

/** Passages that are read for one question. Beyond, the best passage is hardly ever found any more. */
const readAtMost = 48;

const shownAnswers = 10;

/** The question that is asked now and the places of its answers. A later question puts them out. */
export class Asking {
  private readonly answers = new Map<number, Answered>();
  private nextId = 1;
  private currentQuestion = '';
  private currentModel: ModelInfo | undefined;

  constructor(
    private readonly engine: PanelEngine,
    private readonly isPinned: (question: string, answered: Answered) => boolean,
  ) {}

  get question(): string {
    return this.currentQuestion;
  }

  /** The model that answered; undefined while it reads. */
  get model(): ModelInfo | undefined {
    return this.currentModel;
  }

  get(id: number): Answered | undefined {
    return this.answers.get(id);
  }

  /** @throws {CancelledError} after the signal aborts. @throws {BioBertError} as {@link QuestionEngine.answer}. */
  async ask(question: string, source: PassageSource, { signal, onProgress }: AskOptions): Promise<AskResult> {
    this.answers.clear();
    this.currentQuestion = question;
    this.currentModel = undefined;
    const found = await source.find(question, readAtMost, signal);
    if (found.passages.length === 0) return nothingToRead(found);
    const rows = new AnswerRows(
      found.passages,
      (answered) => this.keep(answered),
      (answered) => this.isPinned(question, answered),
    );
    onProgress({ read: 0, total: found.passages.length, answers: [] });
    const result = await this.engine.answer(
      {
        question,
        passages: found.passages.map(({ passage }) => ({ text: passage.text })),
        maxAnswers: shownAnswers,
        priority: 'interactive',
      },
      {
        signal,
        onProgress: ({ read, total, answers }) =>
          onProgress({ read, total, answers: answers.map((answer) => rows.answer(answer)) }),
      },
    );
    const { kind, answers, verdict, noAnswer, read, model } = result;
    this.currentModel = model;
    return {
      kind,
      answers: answers.map((answer) => rows.answer(answer)),
      verdict: verdict && rows.verdict(verdict),
      noAnswer,
      note: noteOf(result),
      read,
      total: found.searched,
      documents: found.documents,
      model: modelName(model),
      modelIdentity: modelIdentity(model),
    };
  }

  private keep(answered: Answered): number {
    this.answers.set(this.nextId, answered);
    return this.nextId++;
  }
}

/** Turns what was found in passages into rows with places in documents. The same answer keeps its id while it streams. */
class AnswerRows {
  private readonly ids = new Map<string, number>();
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    private readonly passages: readonly SourcePassage[],
    private readonly keep: (answered: Answered) => number,
    private readonly isPinned: (answered: Answered) => boolean,
  ) {
    this.names = shortNames([...new Set(passages.map(({ document }) => vscode.Uri.parse(document).path))]);
  }

  answer({
    passage: index,
    start,
    end,
    text,
    probability,
    sentence,
    otherOccurrences,
  }: PassageAnswer): AnswerRow {
    const answered = this.answered(index, sentence, { start, end }, text, probability);
    const others = otherOccurrences.map((other) => {
      const around = this.sentenceAt(other.passage, other);
      const elsewhere = this.answered(other.passage, around, other, text, probability);
      return { id: elsewhere.id, ...this.placeName(elsewhere.it) };
    });
    return {
      id: answered.id,
      ...this.placeName(answered.it),
      answer: text,
      probability,
      sentence: {
        text: answered.it.text,
        marks: [{ start: start - sentence.start, end: end - sentence.start, role: 'answer' as const }].filter(
          (mark) => mark.start >= 0 && mark.end <= answered.it.text.length,
        ),
      },
      alsoIn: others,
      isPinned: this.isPinned(answered.it),
    };
  }

  verdict({ yes, no, maybe, reasons }: Verdict): VerdictView {
    return { yes, no, maybe, reasons: reasons.map((reason) => this.reason(reason)) };
  }

  private reason({ passage, sentence, verdict, weight }: Verdict['reasons'][number]): ReasonRow {
    const { id, it } = this.answered(passage, sentence, undefined, verdict, Math.min(1, Math.max(0, weight)));
    return { id, ...this.placeName(it), verdict, weight, sentence: { text: it.text, marks: [] } };
  }

  private answered(
    index: number,
    sentence: Span,
    answer: Span | undefined,
    text: string,
    probability: number,
  ): { readonly id: number; readonly it: Answered } {
    const source = this.passages[index];
    if (!source) throw new RangeError('An answer names a passage that was not sent.');
    const { passage, document, moment, sentenceLines } = source;
    const sentenceIndex = passage.sentences.findLastIndex(({ start }) => start <= sentence.start);
    const marks: DocumentMark[] = answer
      ? [{ ...toDocument(passage, answer.start, answer.end), role: 'answer' }]
      : [];
    const it: Answered = {
      place: { document, moment, evidence: toDocument(passage, sentence.start, sentence.end), marks },
      text: passage.text.slice(sentence.start, sentence.end),
      answer: text,
      probability,
      line: sentenceLines[sentenceIndex] ?? 0,
    };
    const key = JSON.stringify([index, sentence.start, sentence.end, answer?.start, answer?.end]);
    const id = this.ids.get(key) ?? this.keep(it);
    this.ids.set(key, id);
    return { id, it };
  }

  private sentenceAt(index: number, span: Span): Span {
    const { passage } = this.passages[index] ?? {};
    return passage?.sentences.findLast(({ start }) => start <= span.start) ?? span;
  }

  private placeName({ place, line }: Answered): PlaceName {
    const name = this.names.get(vscode.Uri.parse(place.document).path) ?? '';
    return { document: place.document, name, line };
  }
}

/** What a reader must know of an answer by a model that does less than ours. */
function noteOf(result: AnswerResult): string | undefined {
  switch (answerLimit(result)) {
    case 'no-verdict':
      return vscode.l10n.t(
        'This model does not decide between yes and no. These places bear on the question.',
      );
    case 'always-answers':
      return vscode.l10n.t(
        'This model always names something, even where nothing answers. Read the sentences.',
      );
    case undefined:
      return undefined;
  }
}

/** The engine refuses to read nothing; the panel says what to do. */
function nothingToRead({ documents, searched }: FoundPassages): AskResult {
  const noModel = { model: '', modelIdentity: '' };
  return { kind: 'factoid', answers: [], noAnswer: 1, read: 0, total: searched, documents, ...noModel };
}
