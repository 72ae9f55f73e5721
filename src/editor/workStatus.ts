import * as vscode from 'vscode';
import type { PanelNotice, PanelWork } from '../protocol/panel';
import { Disposable } from './dispose';

/** The progress of long work and the notice about its result, as the panel shows them. */
export class WorkStatus extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private currentWork: PanelWork | undefined;
  private currentNotice: PanelNotice | undefined;

  /** Undefined while nothing is running. */
  get work(): PanelWork | undefined {
    return this.currentWork;
  }

  get notice(): PanelNotice | undefined {
    return this.currentNotice;
  }

  show(work: PanelWork | undefined, notice: PanelNotice | undefined): void {
    this.currentWork = work;
    this.currentNotice = notice;
    this.changed.fire();
  }
}
