import * as vscode from 'vscode';
import {
  Curation,
  entityDecisionKey,
  linkDecisionKey,
  noDecisions,
  relationDecisionKey,
  revised,
  type CuratedName,
  type Decided,
  type Decisions,
  type EntityDecision,
  type LinkDecision,
  type NameJudgement,
  type RelationDecision,
} from '../../core/curation/decisions';
import { readDecisions, writeDecisions, type UnreadDecisions } from '../../core/curation/curationFile';
import { mergeDecisions } from '../../core/curation/merge';
import { Disposable } from '../dispose';
import { offerRestore } from './restoreOffer';
import { WorkspaceFile } from './workspaceFile';
import { WorkspaceValue, type FileFormat } from './workspaceValue';
import type { Logger } from '../log';
import { decisionForName } from './curatedNames';

const format: FileFormat<Decisions, UnreadDecisions> = {
  empty: noDecisions,
  name: 'corrections',
  read: (text) => {
    const read = readDecisions(text);
    if (!read) return undefined;
    const { decisions, unread } = read;
    return { value: decisions, unread, unreadCount: unread.entities.length + unread.relations.length };
  },
  write: writeDecisions,
  count: ({ entities, links = [], relations }) => entities.length + links.length + relations.length,
  merge: mergeDecisions,
};

/** The decisions of the user, in `.biobert/curation.json`. The file is read when the first document is tagged. */
export class CurationStore extends Disposable {
  private file: WorkspaceValue<Decisions, UnreadDecisions> | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when decisions changed, by the user or in the file. Entities tagged before may be affected. */
  readonly onDidChange = this.changed.event;
  private curation = new Curation(noDecisions);

  /** @param person Returns the name of the person who decides; empty if the settings give none. */
  constructor(
    private readonly log: Logger,
    private readonly person: () => string = () => '',
  ) {
    super();
  }

  /** Reads the file at the first call. @returns the current decisions. */
  async load(): Promise<Curation> {
    await this.openFile().load();
    return this.curation;
  }

  /** The decisions read so far; empty before {@link load}. */
  get current(): Curation {
    return this.curation;
  }

  decideEntity(decision: EntityDecision): Promise<void> {
    return this.replaceEntity(undefined, this.signed(decision));
  }

  /** Records a judgement about a name. @returns a function that undoes it. */
  async judgeEntity(name: CuratedName, judgement: NameJudgement): Promise<() => Promise<void>> {
    const before = decisionForName(name, await this.load());
    const revision = revised(name, judgement, before);
    const after = revision && this.signed(revision);
    await this.replaceEntity(before, after);
    return () => this.replaceEntity(after, before);
  }

  private replaceEntity(
    before: EntityDecision | undefined,
    after: EntityDecision | undefined,
  ): Promise<void> {
    const both = [before, after].filter((each) => each !== undefined);
    const keys = new Set(both.map(entityDecisionKey));
    return this.change(({ entities, ...others }) => ({
      ...others,
      entities: [
        ...entities.filter((each) => !keys.has(entityDecisionKey(each))),
        ...(after === undefined ? [] : [after]),
      ],
    }));
  }

  /** Removes the decision about a name, so that the result of the model is shown again. */
  undoEntity(name: CuratedName): Promise<void> {
    const key = entityDecisionKey({ ...name, verdict: 'accepted' });
    return this.change(({ entities, ...others }) => ({
      ...others,
      entities: entities.filter(
        (each) =>
          entityDecisionKey(each) !== key && entityDecisionKey({ ...each, verdict: 'accepted' }) !== key,
      ),
    }));
  }

  /** Records the concepts of names, instead of earlier decisions about them. */
  decideLinks(decisions: readonly LinkDecision[]): Promise<void> {
    const keys = new Set(decisions.map(linkDecisionKey));
    return this.change(({ links = [], ...others }) => ({
      ...others,
      links: [
        ...links.filter((each) => !keys.has(linkDecisionKey(each))),
        ...decisions.map((each) => this.signed(each)),
      ],
    }));
  }

  /** Removes the decisions about the concepts of names, so that the terminology decides again. */
  undoLinks(names: readonly CuratedName[]): Promise<void> {
    const keys = new Set(names.map(linkDecisionKey));
    return this.change(({ links = [], ...others }) => ({
      ...others,
      links: links.filter((each) => !keys.has(linkDecisionKey(each))),
    }));
  }

  decideRelation(decision: RelationDecision): Promise<void> {
    const key = relationDecisionKey(decision);
    return this.change(({ relations, ...others }) => ({
      ...others,
      relations: [...relations.filter((each) => relationDecisionKey(each) !== key), this.signed(decision)],
    }));
  }

  undoRelation(decision: RelationDecision): Promise<void> {
    const key = relationDecisionKey(decision);
    return this.change(({ relations, ...others }) => ({
      ...others,
      relations: relations.filter((each) => relationDecisionKey(each) !== key),
    }));
  }

  /** Adds the name of the person who decides now. */
  private signed<D extends Decided>(decision: D): D {
    const by = this.person().trim();
    return by === '' ? decision : { ...decision, by };
  }

  private change(update: (decisions: Decisions) => Decisions): Promise<void> {
    return this.openFile().change(update);
  }

  /** Starts to watch the file at first use, so that an unused extension has no file watcher. */
  private openFile(): WorkspaceValue<Decisions, UnreadDecisions> {
    if (this.file) return this.file;
    const workspaceFile = this._register(new WorkspaceFile('curation.json'));
    const file = this._register(new WorkspaceValue({ file: workspaceFile, format, log: this.log }));
    this._register(offerRestore(file, workspaceFile, this.log));
    this._register(
      file.onDidChange(() => {
        this.curation = new Curation(file.value);
        this.changed.fire();
      }),
    );
    this.file = file;
    return file;
  }
}
