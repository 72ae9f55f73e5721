import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  actMethod,
  addColumnMethod,
  askEvent,
  askMethod,
  clearHistoryMethod,
  columnMethod,
  curateMethod,
  exportEvidenceMethod,
  filterEvent,
  filterMethod,
  namedConceptsMethod,
  noteMethod,
  openGraphMethod,
  pinMethod,
  revealMethod,
  saveMethod,
  recordsOnlyMethod,
  scopeMethod,
  startMethod,
  stopMethod,
  type PanelStart,
  valueMethod,
} from '../../protocol/panelMessages';
import type { Rpc } from '../../protocol/rpc';
import { Disposable, type DisposableLike } from '../dispose';
import { enterQuestion } from '../evidence/enterQuestion';
import { setRecordsOnly } from '../questions/recordsOnly';
import { saveFile } from '../workspace/saveFile';
import type { PanelModel } from './panelModel';
import { PanelRows } from './panelRows';
import { PanelUpdates } from './panelUpdates';
import { panelWords, scopeName } from './panelWords';
import type { SharedFilter } from './sharedFilter';

/** Row ids are valid as long as this value is unchanged, that is, until the extension host restarts. */
const session = randomUUID();

export interface PanelSessionParts {
  readonly rpc: Rpc;
  readonly model: PanelModel;
  readonly filter: SharedFilter;
  /** Whether the page only has the graph. Its sentences are opened beside it. */
  readonly isGraph: boolean;
  openGraph(): void;
  /** Called when the page has received its first state. */
  onReady(): void;
}

/**
 * The conversation with one page, the side panel or the graph in an editor: from the moment that the page is shown until
 * it is hidden.
 */
export class PanelSession extends Disposable {
  private readonly rpc: Rpc;
  private readonly model: PanelModel;
  private readonly updates: PanelUpdates;
  private readonly rows: PanelRows;
  private isStarted = false;

  constructor(private readonly parts: PanelSessionParts) {
    super();
    const { rpc, model, filter, isGraph } = parts;
    this.rpc = rpc;
    this.model = model;
    this._register({ dispose: () => rpc.close() });
    this.updates = this._register(new PanelUpdates(rpc, model, { withEvidence: !isGraph }));
    this.rows = new PanelRows(model, isGraph ? vscode.ViewColumn.Beside : undefined);
    this._register(model.following.onDidChange(() => this.updates.sendRowsSoon()));
    this._register(model.review.onDidChange(() => this.updates.sendStateSoon()));
    this._register(model.review.onDidRename(() => this.updates.sendRowsSoon()));
    this._register(
      filter.onDidChange(({ filter: text, by }) => {
        if (by !== this) rpc.notify(filterEvent, text);
      }),
    );
    this.handleViewRequests();
    this.handleRowRequests();
    this.handleQuestions();
  }

  /** Disposes `part` with this session. */
  register(part: DisposableLike): void {
    this._register(part);
  }

  /** Puts a question into the input box of the page, and asks it unless it is empty. */
  ask(question: string): void {
    this.rpc.notify(askEvent, question);
  }

  /** False until the page has requested its first state. */
  get isReady(): boolean {
    return this.isStarted;
  }

  private handleViewRequests(): void {
    const { rpc, model } = this;
    const { index, relations } = model;
    const { columns } = model.evidence;
    rpc.handle(startMethod, async () => {
      // The scope may be that of a review.
      await model.review.ready;
      return this.start();
    });
    rpc.handle(scopeMethod, (scope) => reply(() => model.following.choose(scope)));
    rpc.handle(recordsOnlyMethod, (value) => reply(() => setRecordsOnly(value)));
    rpc.handle(actMethod, (action) => reply(() => model.act(action)));
    rpc.handle(stopMethod, (which) =>
      reply(() => (which === 'index' ? index : which === 'columns' ? columns : relations).stop()),
    );
    rpc.handle(namedConceptsMethod, (text) => model.concepts.named(text));
    rpc.handle(filterMethod, (text) => reply(() => this.parts.filter.set(text, this)));
    rpc.handle(openGraphMethod, () => reply(() => this.parts.openGraph()));
    rpc.handle(saveMethod, ({ name, content, encoding }) =>
      reply(() => saveFile(name, Buffer.from(content, encoding))),
    );
  }

  private handleRowRequests(): void {
    const { rpc, rows } = this;
    const { evidence } = this.model;
    const { columns } = evidence;
    rpc.handle(revealMethod, (params) => reply(() => rows.reveal(params)));
    rpc.handle(pinMethod, ({ kind, id, pinned }) => reply(() => rows.pin(kind, id, pinned)));
    rpc.handle(curateMethod, ({ id, verdict }) => reply(() => rows.curate(id, verdict)));
    rpc.handle(noteMethod, ({ id, note }) => reply(() => evidence.note(id, note)));
    rpc.handle(valueMethod, ({ id, value }) => reply(() => evidence.setValue(id, value)));
    rpc.handle(addColumnMethod, () => reply(() => this.model.showFailure(this.addColumn())));
    rpc.handle(columnMethod, ({ topic, action }) =>
      reply(() => {
        const question = evidence.questionOf(topic);
        if (question !== undefined) this.model.showFailure(columns[action](question));
      }),
    );
    rpc.handle(exportEvidenceMethod, () => reply(() => evidence.export()));
  }

  private async addColumn(): Promise<void> {
    const { model } = this;
    const question = await enterQuestion(scopeName(model.scope));
    if (question !== undefined) await model.evidence.columns.ask(question);
  }

  private handleQuestions(): void {
    const { rpc, model } = this;
    const { history, questions } = model;
    rpc.handle(clearHistoryMethod, () => reply(() => history.clear()));
    rpc.handle(askMethod, async ({ question }, { signal, progress }) => {
      history.add(question);
      return questions.run(question, model.passageSource(model.scope), { signal, onProgress: progress });
    });
  }

  private start(): PanelStart {
    this.isStarted = true;
    const { evidence, curation, following } = this.model;
    this.updates.enable();
    this._register(following.add());
    this.updates.sendRowsSoon();
    Promise.all([evidence.load(), curation.load()]).then(
      () => this.updates.sendEvidence(),
      () => undefined,
    );
    // The page must receive the reply to this request first.
    setImmediate(() => this.parts.onReady());
    return {
      session,
      words: panelWords(),
      locale: vscode.env.language,
      state: this.updates.state(),
      filter: this.parts.filter.current,
    };
  }
}

/** Runs the action of a request and sends an empty reply when it has finished. */
async function reply(action: () => unknown): Promise<undefined> {
  await action();
  return undefined;
}
