import * as vscode from 'vscode';
import type { Evidence } from '../../core/curation/evidenceFile';
import { topicKey } from '../../core/curation/evidenceTopics';
import { formPaperKey } from '../../core/curation/formValues';
import { describeError, type Logger } from '../log';
import type { PaperAnswer } from '../questions/paperQuestions';
import { readAnswers, writeAnswers } from './answerFile';

/** The answer of a paper in a column. */
export interface ColumnCell {
  readonly id: number;
  /** It has no sentence if the paper has no answer. */
  readonly evidence: Evidence;
  readonly isUnanswered: boolean;
}

export interface Column {
  readonly question: string;
  /** By `formPaperKey`. */
  readonly cells: Map<string, Evidence>;
}

/** Maximum number of answers that are kept, some 4 MB. */
const maxAnswers = 20_000;

/** Equal for spellings of one question. */
export function questionKey(question: string): string {
  return topicKey({ kind: 'question', question });
}

/** The questions that every paper is asked, with their answers, and the file that keeps them. */
export class AnsweredColumns {
  /** By {@link questionKey}. */
  readonly columns = new Map<string, Column>();
  /** Undefined for no answer. */
  readonly answers = new Map<string, PaperAnswer | undefined>();
  private readonly ids = new Map<string, number>();
  private loaded: Promise<boolean> | undefined;

  constructor(
    private readonly file: vscode.Uri,
    private readonly log: Logger,
  ) {}

  get questions(): readonly string[] {
    return [...this.columns.values()].map(({ question }) => question);
  }

  get cells(): readonly ColumnCell[] {
    return [...this.columns].flatMap(([column, { cells }]) =>
      Array.from(cells, ([paper, evidence]) => ({
        id: this.idOf(`${column}\n${paper}`),
        evidence,
        isUnanswered: evidence.sentence === '',
      })),
    );
  }

  /** Reads the file once. @returns whether there is one. */
  load(): Promise<boolean> {
    return (this.loaded ??= this.read());
  }

  add(question: string): void {
    const key = questionKey(question);
    if (!this.columns.has(key)) this.columns.set(key, { question: question.trim(), cells: new Map() });
  }

  remember(key: string, answer: PaperAnswer | undefined): void {
    this.answers.set(key, answer);
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= maxAnswers) break;
      this.answers.delete(oldest);
    }
  }

  /** A failure is logged: the answers are found again. */
  async save(): Promise<void> {
    const columns = [...this.columns.values()].map(({ question, cells }) => ({
      question,
      cells: [...cells.values()],
    }));
    const text = writeAnswers({ columns, answers: this.answers });
    try {
      await vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(text));
    } catch (error) {
      this.log.warn(`The answers of papers were not saved: ${describeError(error)}`);
    }
  }

  private async read(): Promise<boolean> {
    const bytes = await Promise.resolve(vscode.workspace.fs.readFile(this.file)).catch(() => undefined);
    if (!bytes) return false;
    const { columns, answers } = readAnswers(new TextDecoder().decode(bytes));
    for (const [key, answer] of answers) this.answers.set(key, answer);
    for (const { question, cells } of columns) {
      const byPaper = new Map(cells.map((each) => [formPaperKey(each), each]));
      this.columns.set(questionKey(question), { question, cells: byPaper });
    }
    return true;
  }

  private idOf(cell: string): number {
    const id = this.ids.get(cell) ?? this.ids.size + 1;
    this.ids.set(cell, id);
    return id;
  }
}
