import * as vscode from 'vscode';
import { notRetrievedReason } from '../../../core/review/prisma';
import type { FullTextAction, RecordView, ScreeningAction } from '../../../protocol/screening';
import {
  actMethod,
  addKeywordMethod,
  decideMethod,
  findMethod,
  fullTextMethod,
  marksMethod,
  moveMethod,
  noteMethod,
  orderMethod,
  phaseMethod,
  recordEvent,
  showMethod,
  startMethod,
  stateEvent,
  tagsMethod,
  undoMethod,
} from '../../../protocol/screeningMessages';
import type { Rpc } from '../../../protocol/rpc';
import { reviewCommandIds } from '../../commandIds';
import { Disposable, type DisposableLike } from '../../dispose';
import { logFailure, type Logger } from '../../log';
import type { FullTexts } from './fullTexts';
import type { ScreeningModel } from './screeningModel';
import { screeningWords } from './screeningWords';

/** Several changes at once cause one message. The record itself is sent at once. */
const stateDelayMs = 30;

export interface SessionParts {
  readonly model: ScreeningModel;
  readonly fullTexts: Pick<FullTexts, 'find' | 'watch' | 'open' | 'choose'>;
  readonly log: Logger;
}

/** Many files may come at once. */
const filesDelayMs = 300;

/** The file of a record, as far as it is known. */
interface KnownFile {
  readonly id: string;
  /** Undefined if the folder has no such file, and while the file is looked for. */
  readonly name: string | undefined;
}

/** The conversation with one page of the screening view: from the moment that it is shown until it is hidden. */
export class ScreeningSession extends Disposable {
  private timer: NodeJS.Timeout | undefined;
  private filesTimer: NodeJS.Timeout | undefined;
  private isStarted = false;
  /** The record whose full text was opened. */
  private opened: string | undefined;
  /** The file of the record on the screen. The folder is searched once for it, not at each change. */
  private known: KnownFile | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly parts: SessionParts,
  ) {
    super();
    this._register({ dispose: () => rpc.close() });
    this._register({ dispose: () => clearTimeout(this.timer) });
    this._register({ dispose: () => clearTimeout(this.filesTimer) });
    this._register(parts.fullTexts.watch(() => this.lookAgain()));
    this.handleReading();
    this.handleDecisions();
    this.handleActions();
  }

  /** Disposes `part` with this session. */
  register(part: DisposableLike): void {
    this._register(part);
  }

  private handleReading(): void {
    const { rpc } = this;
    const { model } = this.parts;
    const { position } = model.screener;
    rpc.handle(startMethod, async () => {
      await model.begun;
      if (!this.isStarted) this._register(model.onDidChange(() => this.send()));
      this.isStarted = true;
      // The page must receive the reply to this request first.
      setImmediate(() => this.send());
      return { words: screeningWords(), locale: vscode.env.language, state: model.state() };
    });
    rpc.handle(moveMethod, (move) => reply(() => position.move(move)));
    rpc.handle(showMethod, (record) => reply(() => position.show(record)));
    rpc.handle(phaseMethod, (phase) => reply(() => model.setPhase(phase)));
    rpc.handle(orderMethod, (order) =>
      reply(() => {
        position.order = order;
        position.refresh();
      }),
    );
    rpc.handle(findMethod, (params) => Promise.resolve(model.find(params)));
    rpc.handle(marksMethod, (record) => model.marksOf(record));
  }

  private handleDecisions(): void {
    const { rpc } = this;
    const { screener } = this.parts.model;
    rpc.handle(decideMethod, (params) => reply(() => screener.decide(params)));
    rpc.handle(undoMethod, () => reply(() => screener.undo()));
    rpc.handle(noteMethod, ({ record, note }) => reply(() => screener.remark(record, { note })));
    rpc.handle(tagsMethod, ({ record, tags }) => reply(() => screener.remark(record, { tags })));
  }

  private handleActions(): void {
    const { rpc } = this;
    const { model, log } = this.parts;
    rpc.handle(addKeywordMethod, (params) => reply(() => model.addKeyword(params)));
    rpc.handle(fullTextMethod, ({ record, action }) => reply(() => this.actOnFullText(record, action)));
    rpc.handle(actMethod, (action) =>
      reply(() => {
        // A command may ask the user something, for which the page should not wait.
        logFailure(vscode.commands.executeCommand(commandOf[action]), log, commandOf[action]);
      }),
    );
  }

  private send(): void {
    const { model, log } = this.parts;
    const record = model.shown();
    this.sendRecord(record);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.rpc.notify(stateEvent, model.state());
    }, stateDelayMs);
    if (record && this.hasFullTexts && this.known?.id !== record.id)
      logFailure(this.findFullText(record.id), log, 'looking for a full text');
  }

  private sendRecord(record: RecordView | undefined): void {
    const { known } = this;
    const isKnown = this.hasFullTexts && record !== undefined && known?.id === record.id;
    this.rpc.notify(recordEvent, { record: isKnown ? { ...record, fullText: known.name } : record });
  }

  private get hasFullTexts(): boolean {
    return this.parts.model.screener.position.phase === 'fulltext';
  }

  /** Sends the record with the name of its file, and opens the file when the record is first shown. */
  private async findFullText(id: string): Promise<void> {
    const { model, fullTexts } = this.parts;
    const search: KnownFile = { id, name: undefined };
    this.known = search;
    const record = model.recordOf(id);
    const file = record && (await fullTexts.find(record));
    // Another record may be on the screen, or the reviewer may have chosen a file.
    if (!file || this.known !== search || this.isDisposed) return;
    this.known = { id, name: nameOf(file) };
    const shown = model.shown();
    if (shown?.id !== id || !this.hasFullTexts) return;
    this.sendRecord(shown);
    if (this.opened === id || shown.choice !== undefined) return;
    this.opened = id;
    await fullTexts.open(file);
  }

  /** Looks for the file of the record on the screen again, unless it is known. */
  private lookAgain(): void {
    clearTimeout(this.filesTimer);
    this.filesTimer = setTimeout(() => {
      if (!this.known || this.known.name !== undefined) return;
      this.known = undefined;
      this.send();
    }, filesDelayMs);
  }

  private async actOnFullText(id: string, action: FullTextAction): Promise<void> {
    const { model, fullTexts } = this.parts;
    const record = model.recordOf(id);
    if (!record) return;
    if (action === 'notRetrieved') {
      await model.screener.decide({ record: id, choice: 'exclude', reason: notRetrievedReason });
      return;
    }
    const file = await (action === 'open' ? fullTexts.find(record) : fullTexts.choose(record));
    if (!file && action === 'choose') return;
    this.known = file && { id, name: nameOf(file) };
    if (file) {
      this.opened = id;
      await fullTexts.open(file);
    }
    this.send();
  }
}

function nameOf(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}

const commandOf = {
  edit: reviewCommandIds.reviewEdit,
  conflicts: reviewCommandIds.reviewConflicts,
  report: reviewCommandIds.reviewReport,
  import: reviewCommandIds.reviewImport,
} as const satisfies Readonly<Record<ScreeningAction, string>>;

/** Runs the action of a request and sends an empty reply when it has finished. */
async function reply(action: () => unknown): Promise<undefined> {
  await action();
  return undefined;
}
