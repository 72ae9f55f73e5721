import * as vscode from 'vscode';
import type { FullTextAction, ScreeningAction } from '../../../protocol/screening';
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

/** Stored as the reason; the report counts it. */
const notRetrieved = 'not retrieved';

export interface SessionParts {
  readonly model: ScreeningModel;
  readonly fullTexts: FullTexts;
  readonly log: Logger;
}

/** The conversation with one page of the screening view: from the moment that it is shown until it is hidden. */
export class ScreeningSession extends Disposable {
  private timer: NodeJS.Timeout | undefined;
  private isStarted = false;
  /** The record whose full text was opened. */
  private opened: string | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly parts: SessionParts,
  ) {
    super();
    this._register({ dispose: () => rpc.close() });
    this._register({ dispose: () => clearTimeout(this.timer) });
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
    rpc.handle(startMethod, () => {
      if (!this.isStarted) this._register(model.onDidChange(() => this.send()));
      this.isStarted = true;
      // The page must receive the reply to this request first.
      setImmediate(() => this.send());
      return Promise.resolve({
        words: screeningWords(),
        locale: vscode.env.language,
        state: model.state(),
      });
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
    const record = this.parts.model.shown();
    this.rpc.notify(recordEvent, { record });
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.rpc.notify(stateEvent, this.parts.model.state());
    }, stateDelayMs);
    if (record && this.parts.model.screener.position.phase === 'fulltext')
      logFailure(this.sendFullText(record.id), this.parts.log, 'looking for a full text');
  }

  /** Sends the record with the name of its file, and opens the file when the record is first shown. */
  private async sendFullText(id: string): Promise<void> {
    const { model, fullTexts } = this.parts;
    const record = model.recordOf(id);
    const file = record && (await fullTexts.find(record));
    const shown = model.shown();
    if (!file || shown?.id !== id || this.isDisposed) return;
    this.rpc.notify(recordEvent, { record: { ...shown, fullText: file.path.split('/').at(-1) } });
    if (this.opened === id || shown.choice !== undefined) return;
    this.opened = id;
    await fullTexts.open(file);
  }

  private async actOnFullText(id: string, action: FullTextAction): Promise<void> {
    const { model, fullTexts } = this.parts;
    const record = model.recordOf(id);
    if (!record) return;
    if (action === 'notRetrieved') {
      await model.screener.decide({ record: id, choice: 'exclude', reason: notRetrieved });
      return;
    }
    const file = await (action === 'open' ? fullTexts.find(record) : fullTexts.choose(record));
    if (!file) return;
    await fullTexts.open(file);
    this.opened = id;
    this.send();
  }
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
