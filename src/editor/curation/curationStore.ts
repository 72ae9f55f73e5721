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
import { readDecisions, writeDecisions } from '../../core/formats/curation';
import { Disposable } from '../dispose';
import { WorkspaceFile } from '../evidence/workspaceFile';
import { logFailure, type Logger } from '../log';
import { decisionAbout } from './curatedNames';

/** The reader's corrections: in a file of the workspace, and here since the first document was tagged. */
export class CurationStore extends Disposable {
  private file: WorkspaceFile | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Everything tagged before may look another way now. */
  readonly onDidChange = this.changed.event;
  private curation = new Curation(noDecisions);
  private loaded: Promise<void> | undefined;
  /** Changes follow one another: two at once would lose one. */
  private last: Promise<void> = Promise.resolve();
  private isForeign = false;

  constructor(private readonly log: Logger) {
    super();
  }

  /** @returns what holds now; read from the file at the first call. */
  async current(): Promise<Curation> {
    await this.load();
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

  private load(): Promise<void> {
    return (this.loaded ??= this.read());
  }

  private change(make: (decisions: Decisions) => Decisions): Promise<void> {
    const done = this.last.then(async () => {
      await this.load();
      const file = this.watched();
      if (this.isForeign) file.refuse();
      const next = make(this.curation.decisions);
      await file.write(writeDecisions(next));
      this.take(next);
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  private async read(): Promise<void> {
    const file = this.watched();
    const text = await file.read();
    if (text !== undefined && text === file.written) return;
    if (text === undefined && this.curation.isEmpty) return;
    const read = text === undefined ? { decisions: noDecisions, damaged: 0 } : readDecisions(text);
    this.isForeign = read === undefined;
    if (!read) this.log.warn('The file of corrections is none that can be read.');
    else if (read.damaged > 0)
      this.log.warn(`${read.damaged} entries of the file of corrections are damaged.`);
    this.take(read?.decisions ?? noDecisions);
  }

  private take(decisions: Decisions): void {
    this.curation = new Curation(decisions);
    this.changed.fire();
  }

  /** Watched once something was tagged: an extension that is not used listens to nothing. */
  private watched(): WorkspaceFile {
    if (this.file) return this.file;
    const file = this._register(new WorkspaceFile('curation.json'));
    this._register(
      file.onDidChange(() => {
        this.loaded = undefined;
        logFailure(this.load(), this.log, 'reading the corrections');
      }),
    );
    this.file = file;
    return file;
  }
}
