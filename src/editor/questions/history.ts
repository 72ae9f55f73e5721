import * as vscode from 'vscode';
import { isString } from '../../protocol/guards';
import { Disposable } from '../dispose';

const key = 'panel.questions';
const kept = 50;

/** The questions that were asked in this workspace, latest first. */
export class History extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {
    super();
  }

  get questions(): readonly string[] {
    const stored = this.memory.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter(isString) : [];
  }

  add(question: string): void {
    const others = this.questions.filter((each) => each !== question);
    this.keep([question, ...others].slice(0, kept));
  }

  clear(): void {
    this.keep([]);
  }

  private keep(questions: readonly string[]): void {
    // The editor writes it when it can; nothing waits for it.
    void this.memory.update(key, questions);
    this.changed.fire();
  }
}
