import * as vscode from 'vscode';
import type { Relation } from '../../core/types';
import type { BioBertEngine } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import { isOneOf } from '../../protocol/guards';
import { panelScopes, type PanelAction, type PanelScope } from '../../protocol/panel';
import type { AnnotationStore } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { commandIds } from '../commandIds';
import type { CurationStore } from '../workspace/curationStore';
import { AddedRelations } from '../relations/addedRelations';
import { RelationCuration } from '../relations/relationCuration';
import { EvidenceDesk } from '../evidence/evidenceDesk';
import { FolderIndex } from '../index/folderIndex';
import { FolderPassages } from '../index/folderPassages';
import { FolderRelations } from '../index/folderRelations';
import { IndexClient } from '../index/indexClient';
import { describeError, logFailure, type Log } from '../log';
import type { Settings } from '../settings';
import type { Tagging } from '../entities/tagging';
import { Asking } from '../questions/asking';
import { EditLog } from '../annotations/editLog';
import { History } from '../questions/history';
import { OpenPassages } from '../questions/openPassages';
import type { PanelModel } from './panelSession';
import type { PassageSource } from '../questions/passageSource';
import { problemNotice } from '../notices';
import { Places } from '../annotations/places';
import { Reading } from '../documents/reading';
import { Relating } from '../relations/relating';
import type { RelationItem, RelationList } from '../relations/relationList';
import { RelationsModel } from '../relations/relationsModel';

export interface PanelModelParts {
  readonly engine: BioBertEngine;
  /** The models of these tasks are others. */
  readonly onDidChangeModel: vscode.Event<readonly ModelTask[]>;
  readonly tagging: Tagging;
  readonly store: AnnotationStore;
  readonly settings: Settings;
  readonly curation: CurationStore;
  readonly memory: vscode.Memento;
  /** Of the worker that keeps the index, and of the index. */
  readonly workerPath: string;
  readonly indexFile: string;
  readonly log: Log;
}

const scopeKey = 'panel.scope';
const isScope = isOneOf<PanelScope>(panelScopes);

/** What the panel shows and does, whether it is on show or not. */
export class LivePanelModel extends Disposable implements PanelModel {
  private readonly edits = this._register(new EditLog());
  private readonly reading: Reading;
  readonly relations: RelationsModel;
  private readonly client: IndexClient;
  readonly index: FolderIndex;
  readonly folder: FolderRelations;
  readonly asking: Asking;
  readonly places: Places;
  readonly history: History;
  readonly evidence: EvidenceDesk;
  readonly curation: RelationCuration;

  constructor(private readonly parts: PanelModelParts) {
    super();
    const { engine, store, tagging, settings, memory, log } = parts;
    const { edits } = this;
    this.reading = this._register(new Reading(settings));
    const relating = new Relating({ engine, tagging, store, settings, edits });
    const { reading } = this;
    const maxBytes = (): number => settings.maxFileSizeMB * 1024 * 1024;
    const added = new AddedRelations({ curation: parts.curation, edits, maxBytes, log });
    this.relations = this._register(new RelationsModel({ relating, reading, store, tagging, added, log }));
    this.client = new IndexClient(parts.workerPath, parts.indexFile);
    const { client } = this;
    this.index = this._register(new FolderIndex({ client, engine, settings, log }));
    this.folder = this._register(new FolderRelations({ client, index: this.index, edits, added, log }));
    this.curation = new RelationCuration(parts.curation);
    this.evidence = this._register(new EvidenceDesk({ edits, maxBytes, log }));
    this.asking = new Asking(engine, (question, answered) =>
      this.evidence.isAnswerPinned(question, answered),
    );
    this.places = this._register(new Places(edits));
    this.history = this._register(new History(memory));
    this._register(parts.onDidChangeModel((tasks) => this.onModel(tasks)));
  }

  get scope(): PanelScope {
    const stored = this.parts.memory.get<unknown>(scopeKey);
    return isScope(stored) ? stored : 'document';
  }

  set scope(scope: PanelScope) {
    logFailure(this.parts.memory.update(scopeKey, scope), this.parts.log, 'remembering the scope');
  }

  source(scope: PanelScope): PassageSource {
    const { engine, settings } = this.parts;
    const { reading, client, index, edits } = this;
    if (scope === 'folder') return new FolderPassages({ client, index, engine, edits });
    const documents = (): readonly vscode.TextDocument[] => {
      if (scope === 'open') return reading.open;
      return reading.document ? [reading.document] : [];
    };
    return new OpenPassages({ engine, settings, edits, documents });
  }

  relationsOf(document: string): readonly Relation[] {
    const of = (list: RelationList): readonly RelationItem[] =>
      list.all().filter((item) => item.document === document);
    const here = of(this.relations.list);
    const items = here.length > 0 ? here : of(this.folder.list);
    return items.flatMap((item) => this.inPlace(item) ?? []);
  }

  /** What another model found is found again; the index keeps nothing that the models of now would not find. */
  private onModel(tasks: readonly ModelTask[]): void {
    if (tasks.includes('relation-extraction')) this.relations.findAgain();
    if (this.index.exists) this.index.updateAnew();
  }

  watch(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.parts.log.warn(describeError(error));
      void vscode.window.showErrorMessage(problemNotice(error).message);
    });
  }

  /** With its mentions where they are now; undefined when one was edited. */
  private inPlace(item: RelationItem): Relation | undefined {
    const relation = this.curation.shown(item)?.found.relation;
    const subject = relation && this.edits.find(relation.subject, item.moment);
    const object = relation && this.edits.find(relation.object, item.moment);
    if (!subject || !object) return undefined;
    return {
      ...relation,
      subject: { ...relation.subject, ...subject },
      object: { ...relation.object, ...object },
    };
  }

  act(action: PanelAction): void {
    const { log } = this.parts;
    switch (action) {
      case 'tag':
      case 'find':
        (this.scope === 'folder' ? this.folder : this.relations).find();
        return;
      case 'openFile':
        run('workbench.action.files.openFile', log);
        return;
      case 'openFolder':
        run('workbench.action.files.openFolder', log);
        return;
      case 'toText':
        run('workbench.action.focusActiveEditorGroup', log);
        return;
      case 'index':
        this.index.update();
        return;
      case 'addRelation':
        run(commandIds.addRelation, log);
        return;
      case 'showLog':
        log.show();
        return;
    }
  }
}

function run(command: string, log: Log): void {
  logFailure(vscode.commands.executeCommand(command), log, command);
}
