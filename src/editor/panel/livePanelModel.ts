import * as vscode from 'vscode';
import type { Relation } from '../../core/types';
import type { BioBertEngine } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import { isOneOf } from '../../protocol/guards';
import type { PublicationFilter } from '../../protocol/indexMessages';
import { isFolderScope, panelScopes, type PanelAction, type PanelScope } from '../../protocol/panel';
import type { AnnotationStore } from '../annotations/annotationStore';
import { EditLog } from '../annotations/editLog';
import { EvidenceRevealer } from '../annotations/evidenceRevealer';
import { Disposable } from '../dispose';
import { ReadableDocuments } from '../documents/readableDocuments';
import { ConceptLookup } from '../engine/conceptLookup';
import type { DocumentTagger } from '../entities/documentTagger';
import { EvidenceController } from '../evidence/evidenceController';
import { FolderIndex } from '../index/folderIndex';
import { FolderPassages } from '../index/folderPassages';
import { FolderRelations } from '../index/folderRelations';
import { IndexClient } from '../index/indexClient';
import { describeError, logFailure, type Log } from '../log';
import { problemNotice } from '../notices';
import { OpenPassages } from '../questions/openPassages';
import type { PassageSource } from '../questions/passageSource';
import { QuestionHistory } from '../questions/questionHistory';
import { QuestionRunner } from '../questions/questionRunner';
import { AddedRelations } from '../relations/addedRelations';
import { currentRelation } from '../relations/currentRelation';
import { RelationCuration } from '../relations/relationCuration';
import { RelationFinder } from '../relations/relationFinder';
import type { RelationItem } from '../relations/relationItem';
import type { RelationList } from '../relations/relationList';
import { RelationsModel } from '../relations/relationsModel';
import type { ReviewAccess } from '../reviewAccess';
import type { Settings } from '../settings';
import type { CurationStore } from '../workspace/curationStore';
import type { TermFiles } from '../workspace/termFiles';
import { runPanelAction } from './panelActions';
import type { PanelModel } from './panelModel';

export interface LivePanelModelParts {
  readonly engine: BioBertEngine;
  /** Fires with the tasks whose models changed. */
  readonly onDidChangeModel: vscode.Event<readonly ModelTask[]>;
  readonly documentTagger: DocumentTagger;
  readonly store: AnnotationStore;
  readonly settings: Settings;
  readonly curation: CurationStore;
  readonly terms: TermFiles;
  readonly review: ReviewAccess;
  readonly memory: vscode.Memento;
  /** Path of the script of the index worker. */
  readonly workerPath: string;
  /** Path of the index database. */
  readonly indexFile: string;
  /** The version of this extension. */
  readonly version: string;
  readonly log: Log;
}

const scopeKey = 'panel.scope';
const isScope = isOneOf<PanelScope>(panelScopes);

/** The panel's model on the engine, the open documents and the workspace. */
export class LivePanelModel extends Disposable implements PanelModel {
  private readonly edits = this._register(new EditLog());
  private readonly documents: ReadableDocuments;
  readonly relations: RelationsModel;
  private readonly client: IndexClient;
  readonly index: FolderIndex;
  readonly folder: FolderRelations;
  readonly questions: QuestionRunner;
  readonly revealer: EvidenceRevealer;
  readonly history: QuestionHistory;
  readonly evidence: EvidenceController;
  readonly curation: RelationCuration;
  readonly concepts: ConceptLookup;
  readonly review: ReviewAccess;

  constructor(private readonly parts: LivePanelModelParts) {
    super();
    const { engine, store, documentTagger, settings, memory, review, version, log } = parts;
    const { edits } = this;
    const maxBytes = (): number => settings.maxFileBytes;
    const documents = this._register(new ReadableDocuments(settings));
    const relationFinder = new RelationFinder({ engine, documentTagger, store, settings, edits });
    const added = new AddedRelations({ curation: parts.curation, edits, maxBytes, log });
    const client = new IndexClient(parts.workerPath, parts.indexFile);
    this.documents = documents;
    this.relations = this._register(
      new RelationsModel({ relationFinder, documents, store, documentTagger, added, log }),
    );
    this.client = client;
    this.index = this._register(
      new FolderIndex({ client, engine, settings, terms: parts.terms, review, version, log }),
    );
    const included = () => this.includedOnly();
    this.folder = this._register(
      new FolderRelations({ client, index: this.index, edits, added, included, log }),
    );
    this.review = review;
    this.curation = new RelationCuration(parts.curation);
    this.evidence = this._register(new EvidenceController({ edits, maxBytes, review, log }));
    this.concepts = new ConceptLookup(engine, log);
    this.questions = new QuestionRunner(engine, this.concepts, (question, answer) =>
      this.evidence.isAnswerPinned(question, answer),
    );
    this.revealer = this._register(new EvidenceRevealer(edits));
    this.history = this._register(new QuestionHistory(memory));
    this._register(parts.onDidChangeModel((tasks) => this.handleModelChange(tasks)));
    this._register(parts.terms.onDidChange(() => this.handleModelChange(['relation-extraction'])));
  }

  get scope(): PanelScope {
    const stored = this.parts.memory.get<unknown>(scopeKey);
    if (!isScope(stored)) return 'document';
    return this.scopes.includes(stored) ? stored : 'folder';
  }

  set scope(scope: PanelScope) {
    logFailure(this.parts.memory.update(scopeKey, scope), this.parts.log, 'remembering the scope');
  }

  get scopes(): readonly PanelScope[] {
    return panelScopes.filter((scope) => scope !== 'included' || this.review.exists);
  }

  passageSource(scope: PanelScope): PassageSource {
    const { engine, settings } = this.parts;
    const { documents, client, index, edits } = this;
    const recordsOnly = settings.read('questions.recordsOnly');
    if (isFolderScope(scope)) {
      const stats = () => index.state.stats;
      const publications = () => Promise.resolve(recordsOnly ? { recordsOnly } : undefined);
      const only = scope === 'included' ? () => this.includedOnly() : publications;
      return new FolderPassages({ client, stats, engine, edits, only });
    }
    return new OpenPassages({
      engine,
      settings,
      edits,
      documents: () => documents.inScope(scope),
      // Who asks about one document means that document.
      recordsOnly: recordsOnly && scope === 'open',
    });
  }

  relationsOf(document: string): readonly Relation[] {
    const itemsOf = (list: RelationList): readonly RelationItem[] =>
      list.all().filter((item) => item.document === document);
    const ofOpenDocument = itemsOf(this.relations.list);
    const items = ofOpenDocument.length > 0 ? ofOpenDocument : itemsOf(this.folder.list);
    return items.flatMap((item) => {
      const curated = this.curation.applyDecision(item);
      return (curated && currentRelation(curated, this.edits)) ?? [];
    });
  }

  act(action: PanelAction): void {
    runPanelAction(action, this, this.parts.log);
  }

  showFailure(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.parts.log.warn(describeError(error));
      void vscode.window.showErrorMessage(problemNotice(error).message);
    });
  }

  /** The publications of the records that the review includes. */
  private async includedOnly(): Promise<PublicationFilter> {
    return { keys: this.review.exists ? await this.review.load().includedKeys() : [] };
  }

  /** Results of the previous model are replaced: relations of open documents are found again, the index is updated. */
  private handleModelChange(tasks: readonly ModelTask[]): void {
    if (tasks.includes('relation-extraction')) this.relations.findAgain();
    if (this.index.exists) this.index.restart();
  }
}
