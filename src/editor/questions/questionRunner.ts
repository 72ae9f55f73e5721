import * as vscode from 'vscode';
import { askedPassage, createAskedQuestion } from '../../core/questions/askedQuestion';
import { paperKeys } from '../../core/questions/paperKeys';
import { answerLimit } from '../../protocol/answerLimit';
import type { AnswerResult, ModelInfo } from '../../protocol/engine';
import { modelIdentity, modelName } from '../../protocol/modelName';
import type { AskProgress, AskResult } from '../../protocol/panel';
import type { ConceptLookup } from '../engine/conceptLookup';
import type { PanelEngine } from '../engine/panelEngine';
import { papersLabel } from '../entities/countLabels';
import { AnswerRows, type AnswerRowsOptions, type LocatedAnswer } from './answerRows';
import type { PassageSource } from './passageSource';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AskProgress) => void;
}

/** Maximum number of passages to read for one question. Passages of a lower rank hardly ever hold the best answer. */
const maxPassages = 48;

const maxAnswers = 10;

/** Facts about answers that the engine does not know. */
export interface AnswerFacts extends Pick<AnswerRowsOptions, 'nameOf'> {
  readonly isPinned: (question: string, answer: LocatedAnswer) => boolean;
}

/** Answers questions, one at a time, and remembers the locations of the answers until the next question. */
export class QuestionRunner {
  private readonly answers = new Map<number, LocatedAnswer>();
  private nextId = 1;
  private currentQuestion = '';
  private currentModel: ModelInfo | undefined;
  private preparation = new AbortController();

  constructor(
    private readonly engine: PanelEngine,
    private readonly concepts: Pick<ConceptLookup, 'mentionedIn'>,
    private readonly facts: AnswerFacts,
  ) {}

  get question(): string {
    return this.currentQuestion;
  }

  /** The model that answered the question; undefined while it is reading. */
  get model(): ModelInfo | undefined {
    return this.currentModel;
  }

  get(id: number): LocatedAnswer | undefined {
    return this.answers.get(id);
  }

  /**
   * Retrieves the passages for a question and reads them.
   *
   * @example
   * const source = new OpenPassages({ engine, settings, edits, documents: () => [document] });
   * const { answers } = await runner.run('What inhibits EGFR?', source, { signal, onProgress });
   *
   * @throws {CancelledError} after the signal aborts. @throws {BioBertError} as {@link QuestionEngine.answer}.
   */
  async run(question: string, source: PassageSource, { signal, onProgress }: RunOptions): Promise<AskResult> {
    this.preparation.abort();
    this.answers.clear();
    this.currentQuestion = question;
    this.currentModel = undefined;
    const asked = createAskedQuestion(question, await this.concepts.mentionedIn(question, signal));
    const { passages, searched, ...counts } = await source.find(asked, maxPassages, signal);
    const papers = papersLabel(counts.papers, counts.otherDocuments);
    if (passages.length === 0) return emptyResult(papers, searched);
    const rows = new AnswerRows({
      passages,
      register: (answer) => this.register(answer),
      isPinned: (answer) => this.facts.isPinned(question, answer),
      nameOf: this.facts.nameOf,
    });
    onProgress({ read: 0, total: passages.length, answers: [] });
    const keys = paperKeys(passages);
    const result = await this.engine.answer(
      {
        question,
        passages: passages.map(({ passage }, index) => ({
          ...askedPassage(asked, passage.text),
          paper: keys[index],
        })),
        maxAnswers,
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
    this.prepareNextQuestion(source);
    return {
      kind,
      answers: answers.map((answer) => rows.answer(answer)),
      verdict: verdict && rows.verdict(verdict),
      noAnswer,
      note: noteOf(result),
      read,
      total: searched,
      papers,
      model: modelName(model),
      modelIdentity: modelIdentity(model),
    };
  }

  /** Starts the preparation of the next question, which stops when that question is asked. */
  private prepareNextQuestion(source: PassageSource): void {
    this.preparation = new AbortController();
    // Nothing is lost if the preparation fails: the next question does the work itself and reports the error.
    source.prepareNextQuestion?.(this.preparation.signal).catch(() => undefined);
  }

  private register(answer: LocatedAnswer): number {
    this.answers.set(this.nextId, answer);
    return this.nextId++;
  }
}

/** Explains what the model cannot do, for models other than the shipped one. */
function noteOf(result: AnswerResult): string | undefined {
  switch (answerLimit(result)) {
    case 'no-verdict':
      return vscode.l10n.t('This model gives no yes or no. These passages are relevant to the question.');
    case 'always-answers':
      return vscode.l10n.t(
        'This model always gives an answer, even if the text has none. Check the sentences.',
      );
    case undefined:
      return undefined;
  }
}

/** The result without passages. The engine rejects an empty request, so it is not called; the panel says what to do. */
function emptyResult(papers: string, searched: number): AskResult {
  const noModel = { model: '', modelIdentity: '' };
  return { kind: 'factoid', answers: [], noAnswer: 1, read: 0, total: searched, papers, ...noModel };
}
