import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Relation } from '../../core/types';
import { modelIdentity } from '../../protocol/modelName';
import type { PanelAction, PanelScope, PanelState, RelationRow } from '../../protocol/panel';
import {
  actMethod,
  askEvent,
  askMethod,
  clearHistoryMethod,
  curateMethod,
  evidenceEvent,
  exportEvidenceMethod,
  noteMethod,
  pinMethod,
  relationRowsEvent,
  revealMethod,
  rowsPerMessage,
  saveMethod,
  scopeMethod,
  startMethod,
  stateEvent,
  stopMethod,
  type CurateParams,
  type PanelStart,
  type RevealParams,
} from '../../protocol/panelMessages';
import type { Rpc } from '../../protocol/rpc';
import { Disposable, type DisposableLike } from '../dispose';
import type { RelationCuration } from '../relations/relationCuration';
import type { EvidenceDesk } from '../evidence/evidenceDesk';
import { saveFile } from '../workspace/saveFile';
import type { Asking } from '../questions/asking';
import { marksOf } from '../relations/foundRelation';
import type { History } from '../questions/history';
import { panelWords } from './panelWords';
import type { PassageSource } from '../questions/passageSource';
import type { Place, Places } from '../annotations/places';
import type { RelationItem } from '../relations/relationList';
import type { RelationsModel } from '../relations/relationsModel';
import type { RelationsSource } from '../relations/relationsSource';
import type { FolderIndex } from '../index/folderIndex';
import type { FolderRelations } from '../index/folderRelations';

/** What the panel talks to. */
export interface PanelModel {
  /** Of open documents. */
  readonly relations: RelationsModel;
  readonly folder: FolderRelations;
  readonly index: FolderIndex;
  readonly asking: Asking;
  readonly places: Places;
  readonly history: History;
  readonly evidence: EvidenceDesk;
  readonly curation: RelationCuration;
  /** On the lists, as the reader has corrected them. */
  relationsOf(document: string): readonly Relation[];
  /** Kept between sessions. */
  scope: PanelScope;
  /** Where passages of a scope come from. */
  source(scope: PanelScope): PassageSource;
  /** @returns nothing; what came of it shows in the state. */
  act(action: PanelAction): void;
  /** The fate of work that nobody waits for: a failure is shown. */
  watch(work: Promise<unknown>): void;
}

/** Rows are sent after so long: several changes at once are one. */
const sendMs = 50;

/** Ids of rows hold for this long. */
const session = randomUUID();

/** One showing of the panel: from the moment that it is on show until it is hidden. */
export class PanelSession extends Disposable {
  private list = 0;
  private isStarted = false;
  private timer: NodeJS.Timeout | undefined;
  private stateTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly model: PanelModel,
    private readonly onReady: () => void,
  ) {
    super();
    const { relations, folder, index, history, evidence, curation } = model;
    this._register({ dispose: () => rpc.close() });
    // Nobody looks any more.
    this._register({
      dispose: () => {
        relations.unfollow();
        folder.unfollow();
      },
    });
    this._register({
      dispose: () => {
        clearTimeout(this.timer);
        clearTimeout(this.stateTimer);
      },
    });
    for (const source of [relations, folder]) {
      this._register(source.onDidChange(() => this.sendState()));
      this._register(source.list.onDidChange(() => source === this.source && this.sendSoon()));
    }
    this._register(evidence.onDidChange(() => this.sendEvidence()));
    this._register(curation.onDidChange(() => this.sendSoon()));
    this._register(history.onDidChange(() => this.sendState()));
    rpc.handle(startMethod, () => Promise.resolve(this.start()));
    rpc.handle(scopeMethod, (scope) => this.do(() => this.choose(scope)));
    rpc.handle(actMethod, (action) => this.do(() => model.act(action)));
    rpc.handle(stopMethod, (which) => this.do(() => (which === 'index' ? index : relations).stop()));
    rpc.handle(revealMethod, (params) => this.reveal(params));
    rpc.handle(pinMethod, ({ kind, id, pinned }) => this.pin(kind, id, pinned));
    rpc.handle(curateMethod, ({ id, verdict }) => this.curate(id, verdict));
    rpc.handle(noteMethod, ({ id, note }) => done(evidence.note(id, note)));
    rpc.handle(exportEvidenceMethod, (format) => done(evidence.exportAs(format)));
    rpc.handle(saveMethod, ({ name, content, encoding }) =>
      done(saveFile(name, Buffer.from(content, encoding))),
    );
    rpc.handle(clearHistoryMethod, () => this.do(() => history.clear()));
    rpc.handle(askMethod, async ({ question }, { signal, progress }) => {
      history.add(question);
      return model.asking.ask(question, model.source(model.scope), { signal, onProgress: progress });
    });
  }

  /** Lets go of it at the end. */
  own(part: DisposableLike): void {
    this._register(part);
  }

  /** Puts a question into the box, and asks it unless it is empty. */
  ask(question: string): void {
    this.rpc.notify(askEvent, question);
  }

  /** False until the page has asked for its first state. */
  get isReady(): boolean {
    return this.isStarted;
  }

  private get source(): RelationsSource {
    const { scope, relations, folder } = this.model;
    return scope === 'folder' ? folder : relations;
  }

  private start(): PanelStart {
    this.isStarted = true;
    this.choose(this.model.scope);
    done(Promise.all([this.model.evidence.load(), this.model.curation.load()])).then(
      () => this.sendEvidence(),
      () => undefined,
    );
    // After the answer to this.
    setImmediate(() => this.onReady());
    return { session, words: panelWords(), locale: vscode.env.language, state: this.state() };
  }

  private choose(scope: PanelScope): void {
    const { relations, folder } = this.model;
    this.model.scope = scope;
    if (scope === 'folder') {
      relations.unfollow();
      folder.follow();
    } else {
      folder.unfollow();
      relations.follow(scope);
    }
    this.sendSoon();
  }

  private async reveal({ kind, id, keepFocus }: RevealParams): Promise<undefined> {
    const place = await this.placeOf(kind, id);
    if (!place) throw rowGone();
    await this.model.places.show(place, keepFocus);
    return undefined;
  }

  private async placeOf(kind: RevealParams['kind'], id: number): Promise<Place | undefined> {
    switch (kind) {
      case 'relation':
        return this.relationPlace(id);
      case 'answer':
        return this.model.asking.get(id)?.place;
      case 'evidence':
        return this.model.evidence.placeOf(id);
    }
  }

  private async pin(kind: RevealParams['kind'], id: number, pinned: boolean): Promise<undefined> {
    const { evidence, asking } = this.model;
    const listed = kind === 'relation' ? this.source.list.get(id) : undefined;
    const item = listed && this.model.curation.shown(listed);
    const answered = kind === 'answer' ? asking.get(id) : undefined;
    if (kind === 'evidence') await evidence.drop(id);
    else if (item) await evidence.pinRelation(item, this.source.model, pinned);
    else if (answered) await evidence.pinAnswer(asking, answered, pinned);
    else throw rowGone();
    return undefined;
  }

  /** The choice of a type or the way back may stay open for long: the panel does not wait. */
  private curate(id: number, verdict: CurateParams['verdict']): Promise<undefined> {
    const { list } = this.source;
    const item = list.get(id);
    if (!item) return Promise.reject(rowGone());
    const decided = this.model.curation.decide(item, verdict, list);
    return verdict === 'accept' || verdict === 'undo'
      ? done(decided)
      : this.do(() => this.model.watch(decided));
  }

  /** Rows say whether they are pinned. */
  private sendEvidence(): void {
    if (!this.isStarted) return;
    this.sendTable();
    this.sendSoon();
  }

  private sendTable(): void {
    const { curation, evidence } = this.model;
    const listed = this.source.list.all().flatMap((item) => curation.shown(item) ?? []);
    this.rpc.notify(evidenceEvent, evidence.view(listed));
  }

  private relationPlace(id: number): Place | undefined {
    const item = this.source.list.get(id);
    if (!item) return undefined;
    const { relation } = item.found;
    const { document, moment } = item;
    return { document, moment, evidence: relation.evidence, marks: marksOf(relation) };
  }

  /** Of a folder, work reports come document by document. */
  private sendState(): void {
    if (!this.isStarted) return;
    this.stateTimer ??= setTimeout(() => {
      this.stateTimer = undefined;
      this.rpc.notify(stateEvent, this.state());
    }, sendMs);
  }

  private state(): PanelState {
    const { index, history, scope } = this.model;
    const { source } = this;
    return {
      scope,
      summary: source.summary,
      model: source.model && modelIdentity(source.model),
      relationsWork: source.work,
      relationsNotice: source.notice,
      indexWork: index.work,
      history: history.questions,
    };
  }

  private sendSoon(): void {
    if (this.isStarted) this.timer ??= setTimeout(() => this.sendRows(), sendMs);
  }

  private sendRows(): void {
    this.timer = undefined;
    const rows = this.source.list.all().flatMap((item) => this.row(item) ?? []);
    const list = ++this.list;
    for (let from = 0; from === 0 || from < rows.length; from += rowsPerMessage) {
      const part = rows.slice(from, from + rowsPerMessage);
      const isLast = from + rowsPerMessage >= rows.length;
      this.rpc.notify(relationRowsEvent, { list, isFirst: from === 0, isLast, rows: part });
    }
    this.sendTable();
    this.sendState();
  }

  /** @returns undefined for what the reader rejected. */
  private row(item: RelationItem): RelationRow | undefined {
    const { curation, evidence } = this.model;
    const shown = curation.shown(item);
    return (
      shown &&
      this.source.list.row(shown, {
        isPinned: (each) => evidence.isRelationPinned(each),
        curated: () => curatedWords[curation.decisionOn(item)?.verdict ?? 'rejected'],
      })
    );
  }

  private do(action: () => unknown): Promise<undefined> {
    action();
    return Promise.resolve(undefined);
  }
}

const curatedWords = {
  accepted: 'accepted',
  retyped: 'changed',
  added: 'added',
  rejected: undefined,
} as const;

async function done(work: Promise<unknown>): Promise<undefined> {
  await work;
  return undefined;
}

function rowGone(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('This row is no longer there.'),
    vscode.l10n.t('Choose another, or ask again.'),
  );
}
