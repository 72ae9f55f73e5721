import * as vscode from 'vscode';
import { readForm } from '../../core/review/settings';
import type { FormColumn } from '../../core/review/reviewData';
import { Disposable } from '../dispose';
import { describeError, type Logger } from '../log';
import { WorkspaceFile } from './workspaceFile';

/** The columns of the extraction form of the review in the open folder, as the table of evidence shows them. */
export class ReviewForm extends Disposable {
  private readonly file = this._register(new WorkspaceFile('review.json'));
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private current: readonly FormColumn[] = [];

  constructor(private readonly log: Logger) {
    super();
    this._register(this.file.onDidChange(() => void this.load()));
  }

  get columns(): readonly FormColumn[] {
    return this.current;
  }

  /** Reads the file. If it cannot be read, the error is logged and there are no columns. */
  async load(): Promise<void> {
    const text = await this.file.read().catch((error: unknown) => {
      this.log.warn(describeError(error));
      return undefined;
    });
    const columns = readForm(text ?? '');
    if (JSON.stringify(columns) === JSON.stringify(this.current)) return;
    this.current = columns;
    this.changed.fire();
  }
}
