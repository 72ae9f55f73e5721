import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Evidence } from '../../core/curation/evidenceFile';
import { formPaperKey } from '../../core/curation/formValues';
import { BioBertError, errorCodes, isCancelled, throwIfCancelled } from '../../core/errors';
import type { ConceptEngine, ModelInfo } from '../../protocol/engine';
import { modelAnnotator, modelKey } from '../../protocol/modelName';
import type { PanelWork } from '../../protocol/panel';
import { Disposable } from '../dispose';
import type { PanelEngine } from '../engine/panelEngine';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftLabel } from '../folder/timeLeftLabel';
import type { Logger } from '../log';
import { createPacer } from '../pacer';
import type { Paper } from '../questions/paper';
import { PaperQuestions, placeAnswer, type PaperAnswer } from '../questions/paperQuestions';
import { documentPath } from '../workspace/workspaceFile';
import { WorkStatus } from '../workStatus';
import { AnsweredColumns, questionKey, type Column, type ColumnCell } from './answeredColumns';
import { stemOf } from './createEvidence';

export interface QuestionColumnsParts {
  readonly engine: PanelEngine & ConceptEngine;
  /** Reads the papers that questions are asked of. */
  readonly papers: (signal: AbortSignal) => Promise<readonly Paper[]>;
  /** The file that keeps the columns and the answers. */
  readonly file: vscode.Uri;
  readonly log: Logger;
}

/** Number of answers that are lost at most if the window is closed. */
const savedAtOnce = 20;
/**
 * The questions that are columns of the evidence table: each is asked of every paper. An answer is kept with the text of
 * its paper, the question and the model, so that only papers that changed are asked again.
 */
export class QuestionColumns extends Disposable {
  private readonly status = this._register(new WorkStatus());
  /** Fires when answers, columns or the progress changed. */
  readonly onDidChange = this.status.onDidChange;
  private readonly stored: AnsweredColumns;
  private readonly questions: PaperQuestions;
  private readonly queue: string[] = [];
  private running: { readonly key: string; readonly controller: AbortController } | undefined;

  constructor(private readonly parts: QuestionColumnsParts) {
    super();
    this.stored = new AnsweredColumns(parts.file, parts.log);
    this.questions = new PaperQuestions(parts);
    this._register({ dispose: () => this.stop() });
  }

  /** Undefined while nothing is asked. */
  get work(): PanelWork | undefined {
    return this.status.work;
  }

  /** The questions that have a column, in the order in which they were added. */
  get asked(): readonly string[] {
    return this.stored.questions;
  }

  get cells(): readonly ColumnCell[] {
    return this.stored.cells;
  }

  get(id: number): ColumnCell | undefined {
    return this.cells.find((cell) => cell.id === id);
  }

  /** Reads what was asked in earlier windows. */
  async load(): Promise<void> {
    if (await this.stored.load()) this.status.show(this.work, undefined);
  }

  /**
   * Adds a question as a column, and asks it of every paper. The papers of an earlier run that are gone are left out.
   *
   * @throws {BioBertError} PASSAGES_EMPTY if there is no paper; as {@link PaperQuestions.ask}.
   */
  async ask(question: string): Promise<void> {
    await this.load();
    const key = questionKey(question);
    this.stored.add(question);
    if (this.running?.key !== key && !this.queue.includes(key)) this.queue.push(key);
    if (this.running) this.status.show(this.work, undefined);
    else await this.runAll();
  }

  /** Removes a column; its answers are kept for the next time. */
  async remove(question: string): Promise<void> {
    const key = questionKey(question);
    this.stored.columns.delete(key);
    if (this.running?.key === key) this.running.controller.abort();
    this.status.show(this.work, undefined);
    await this.stored.save();
  }

  /** Stops asking. The answers so far are kept. */
  stop(): void {
    this.queue.length = 0;
    this.running?.controller.abort();
  }

  private async runAll(): Promise<void> {
    try {
      for (let key = this.queue.shift(); key !== undefined; key = this.queue.shift()) await this.run(key);
    } finally {
      this.queue.length = 0;
      this.running = undefined;
      this.status.show(undefined, undefined);
      await this.stored.save();
    }
  }

  private async run(key: string): Promise<void> {
    const column = this.stored.columns.get(key);
    if (!column) return;
    const controller = new AbortController();
    this.running = { key, controller };
    try {
      await this.fill(column, controller.signal);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
  }

  private async fill({ question, cells }: Column, signal: AbortSignal): Promise<void> {
    this.status.show({ label: vscode.l10n.t('Reading the papers') }, undefined);
    const papers = await this.parts.papers(signal);
    if (papers.length === 0) throw noPapers();
    const model = await this.parts.engine.load(signal, 'question-answering');
    const report = this.reporter(question, papers.length);
    const pace = createPacer();
    const seen = new Set<string>();
    let asked = 0;
    for (const [done, paper] of papers.entries()) {
      await pace();
      throwIfCancelled(signal);
      report(done, asked);
      const key = answerKey(paper, question, model);
      if (!this.stored.answers.has(key)) {
        this.stored.remember(key, (await this.questions.ask(paper, question, signal))?.answer);
        if (++asked % savedAtOnce === 0) await this.stored.save();
      }
      const evidence = evidenceOfPaper(paper, question, this.stored.answers.get(key), model);
      seen.add(formPaperKey(evidence));
      cells.set(formPaperKey(evidence), evidence);
    }
    for (const paper of [...cells.keys()]) if (!seen.has(paper)) cells.delete(paper);
  }

  private reporter(question: string, total: number): (done: number, asked: number) => void {
    const started = performance.now();
    return (done, asked) => {
      // Answers that are known already take no time.
      const left = secondsLeft(performance.now() - started, asked, total - done);
      const words = [
        `${question} ${vscode.l10n.t('{0} of {1} papers', done, total)}`,
        ...(left === undefined ? [] : [timeLeftLabel(left)]),
      ];
      this.status.show({ label: words.join(' · '), fraction: done / total }, undefined);
    };
  }
}

/** Equal as long as the paper has the same text, and is asked the same question by the same model. */
function answerKey({ passages }: Paper, question: string, model: ModelInfo): string {
  const texts = passages.map(({ passage }) => passage.text);
  const all = JSON.stringify([questionKey(question), modelKey(model), ...texts]);
  return createHash('sha256').update(all).digest('base64');
}

function evidenceOfPaper(
  paper: Paper,
  question: string,
  answer: PaperAnswer | undefined,
  model: ModelInfo,
): Evidence {
  const { publication } = paper;
  const document = paper.uri.toString();
  const placed = answer && placeAnswer(paper, answer);
  const { start, end } = placed?.place ?? { start: publication.start, end: publication.start };
  return {
    topic: { kind: 'question', question },
    document: documentPath(document),
    start,
    end,
    line: placed?.line ?? 0,
    sentence: placed?.text ?? '',
    ...(placed && { answer: answer.value }),
    probability: placed ? answer.probability : 0,
    isDenied: false,
    isSpeculative: false,
    citation: publication.id ?? stemOf(document),
    publication: publication.name,
    note: '',
    annotator: modelAnnotator(model),
  };
}

function noPapers(): BioBertError {
  return new BioBertError(
    errorCodes.PASSAGES_EMPTY,
    vscode.l10n.t('There are no papers here.'),
    vscode.l10n.t('Open a paper, or search the folder.'),
  );
}
