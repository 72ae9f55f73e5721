import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { isFolderScope, type PanelScope } from '../../protocol/panel';
import {
  actMethod,
  askEvent,
  askMethod,
  clearHistoryMethod,
  curateMethod,
  exportEvidenceMethod,
  namedConceptsMethod,
  noteMethod,
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
import { setRecordsOnly } from '../questions/recordsOnly';
import { saveFile } from '../workspace/saveFile';
import type { PanelModel } from './panelModel';
import { PanelRows } from './panelRows';
import { PanelUpdates } from './panelUpdates';
import { panelWords } from './panelWords';

/** Row ids are valid as long as this value is unchanged, that is, until the extension host restarts. */
const session = randomUUID();

/** The conversation with one page of the panel: from the moment that the panel is shown until it is hidden. */
export class PanelSession extends Disposable {
  private readonly updates: PanelUpdates;
  private readonly rows: PanelRows;
  private isStarted = false;
  private scope: PanelScope | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly model: PanelModel,
    private readonly onReady: () => void,
  ) {
    super();
    this._register({ dispose: () => rpc.close() });
    this._register({
      dispose: () => {
        model.relations.unfollow();
        model.folder.unfollow();
      },
    });
    this.updates = this._register(new PanelUpdates(rpc, model));
    this.rows = new PanelRows(model);
    this._register(model.review.onDidChange(() => this.followReview()));
    this._register(model.review.onDidRename(() => this.updates.sendRowsSoon()));
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
    rpc.handle(startMethod, async () => {
      // The scope may be that of a review.
      await model.review.ready;
      return this.start();
    });
    rpc.handle(scopeMethod, (scope) => reply(() => this.chooseScope(scope)));
    rpc.handle(recordsOnlyMethod, (value) => reply(() => setRecordsOnly(value)));
    rpc.handle(actMethod, (action) => reply(() => model.act(action)));
    rpc.handle(stopMethod, (which) => reply(() => (which === 'index' ? index : relations).stop()));
    rpc.handle(namedConceptsMethod, (text) => model.concepts.named(text));
    rpc.handle(saveMethod, ({ name, content, encoding }) =>
      reply(() => saveFile(name, Buffer.from(content, encoding))),
    );
  }

  private handleRowRequests(): void {
    const { rpc, rows } = this;
    const { evidence } = this.model;
    rpc.handle(revealMethod, (params) => reply(() => rows.reveal(params)));
    rpc.handle(pinMethod, ({ kind, id, pinned }) => reply(() => rows.pin(kind, id, pinned)));
    rpc.handle(curateMethod, ({ id, verdict }) => reply(() => rows.curate(id, verdict)));
    rpc.handle(noteMethod, ({ id, note }) => reply(() => evidence.note(id, note)));
    rpc.handle(valueMethod, ({ id, value }) => reply(() => evidence.setValue(id, value)));
    rpc.handle(exportEvidenceMethod, (format) => reply(() => evidence.exportAs(format)));
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
    this.updates.enable();
    this.chooseScope(this.model.scope);
    Promise.all([this.model.evidence.load(), this.model.curation.load()]).then(
      () => this.updates.sendEvidence(),
      () => undefined,
    );
    // The page must receive the reply to this request first.
    setImmediate(() => this.onReady());
    return { session, words: panelWords(), locale: vscode.env.language, state: this.updates.state() };
  }

  private chooseScope(scope: PanelScope): void {
    const { relations, folder } = this.model;
    this.model.scope = scope;
    this.scope = scope;
    if (isFolderScope(scope)) {
      relations.unfollow();
      folder.follow({ isIncludedOnly: scope === 'included' });
    } else {
      folder.unfollow();
      relations.follow(scope);
    }
    this.updates.sendRowsSoon();
  }

  /** The scope that the user has chosen may be gone with the review; other scopes may now be on offer. */
  private followReview(): void {
    const { model } = this;
    if (!this.isStarted) return;
    if (model.scope !== this.scope) this.chooseScope(model.scope);
    else model.showFailure(model.folder.followReview());
    this.updates.sendStateSoon();
  }
}

/** Runs the action of a request and sends an empty reply when it has finished. */
async function reply(action: () => unknown): Promise<undefined> {
  await action();
  return undefined;
}
