import * as vscode from 'vscode';
import {
  Curation,
  entityDecisionKey,
  noDecisions,
  relationDecisionKey,
  revised,
  type CuratedName,
  type Decisions,
  type EntityDecision,
  type NameJudgement,
  type RelationDecision,
} from '../../core/curation/decisions';
import { readDecisions, writeDecisions, type UnreadDecisions } from '../../core/formats/curation';
import { Disposable } from '../dispose';
import { WorkspaceFile } from './workspaceFile';
import { WorkspaceValue, type FileFormat } from './workspaceValue';
import type { Logger } from '../log';
import { decisionAbout } from './curatedNames';

const format: FileFormat<Decisions, UnreadDecisions> = {
  empty: noDecisions,
  what: 'corrections',
  read: (text) => {
    const read = readDecisions(text);
    if (!read) return undefined;
    const { decisions, unread } = read;
    return { value: decisions, unread, unreadCount: unread.entities.length + unread.relations.length };
  },
  write: writeDecisions,
};

/** The reader's corrections: in a file of the workspace, and here since the first document was tagged. */
export class CurationStore extends Disposable {
  private kept: WorkspaceValue<Decisions, UnreadDecisions> | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Everything tagged before may look another way now. */
  readonly onDidChange = this.changed.event;
  private curation = new Curation(noDecisions);

  constructor(private readonly log: Logger) {
    super();
  }

  /** @returns what holds now; read from the file at the first call. */
  async current(): Promise<Curation> {
    await this.watched().load();
    return this.curation;
  }

  /** As far as it was read. */
  get known(): Curation {
    return this.curation;
  }

  decideEntity(decision: EntityDecision): Promise<void> {
    return this.replaceEntity(undefined, decision);
  }

  /** @returns what takes it back. */
  async judgeEntity(name: CuratedName, judgement: NameJudgement): Promise<() => Promise<void>> {
    const before = decisionAbout(name, await this.current());
    const after = revised(name, judgement, before);
    await this.replaceEntity(before, after);
    return () => this.replaceEntity(after, before);
  }

  private replaceEntity(
    before: EntityDecision | undefined,
    after: EntityDecision | undefined,
  ): Promise<void> {
    const both = [before, after].filter((each) => each !== undefined);
    const keys = new Set(both.map(entityDecisionKey));
    return this.change(({ entities, relations }) => ({
      entities: [
        ...entities.filter((each) => !keys.has(entityDecisionKey(each))),
        ...(after === undefined ? [] : [after]),
      ],
      relations,
    }));
  }

  /** The model's word holds again. */
  undoEntity(name: CuratedName): Promise<void> {
    const key = entityDecisionKey({ ...name, verdict: 'accepted' });
    return this.change(({ entities, relations }) => ({
      entities: entities.filter(
        (each) =>
          entityDecisionKey(each) !== key && entityDecisionKey({ ...each, verdict: 'accepted' }) !== key,
      ),
      relations,
    }));
  }

  decideRelation(decision: RelationDecision): Promise<void> {
    const key = relationDecisionKey(decision);
    return this.change(({ entities, relations }) => ({
      entities,
      relations: [...relations.filter((each) => relationDecisionKey(each) !== key), decision],
    }));
  }

  undoRelation(decision: RelationDecision): Promise<void> {
    const key = relationDecisionKey(decision);
    return this.change(({ entities, relations }) => ({
      entities,
      relations: relations.filter((each) => relationDecisionKey(each) !== key),
    }));
  }

  private change(make: (decisions: Decisions) => Decisions): Promise<void> {
    return this.watched().change(make);
  }

  /** Watched once something was tagged: an extension that is not used listens to nothing. */
  private watched(): WorkspaceValue<Decisions, UnreadDecisions> {
    if (this.kept) return this.kept;
    const file = this._register(new WorkspaceFile('curation.json'));
    const kept = this._register(new WorkspaceValue(file, format, this.log));
    this._register(
      kept.onDidChange(() => {
        this.curation = new Curation(kept.value);
        this.changed.fire();
      }),
    );
    this.kept = kept;
    return kept;
  }
}
