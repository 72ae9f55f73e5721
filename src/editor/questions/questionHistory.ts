import * as vscode from 'vscode';
import { isString } from '../../protocol/guards';
import { Disposable } from '../dispose';

const key = 'panel.questions';
const maxQuestions = 50;

/** The questions that the user has asked in this workspace, latest first. */
export class QuestionHistory extends Disposable {
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
    const otherQuestions = this.questions.filter((each) => each !== question);
    this.save([question, ...otherQuestions].slice(0, maxQuestions));
  }

  clear(): void {
    this.save([]);
  }

  private save(questions: readonly string[]): void {
    // VS Code writes the value in the background; nothing depends on when.
    void this.memory.update(key, questions);
    this.changed.fire();
  }
}
