import * as vscode from 'vscode';
import type { Relation } from '../../core/types';
import type { BioBertEngine } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import { isOneOf } from '../../protocol/guards';
import { isFolderScope, panelScopes, type PanelAction, type PanelScope } from '../../protocol/panel';
import type { AnnotationStore } from '../annotations/annotationStore';
import { EditLog } from '../annotations/editLog';
import { EvidenceRevealer } from '../annotations/evidenceRevealer';
import { Disposable } from '../dispose';
import { ReadableDocuments } from '../documents/readableDocuments';
import { ConceptLookup } from '../engine/conceptLookup';
import type { DocumentTagger } from '../entities/documentTagger';
import { EvidenceController } from '../evidence/evidenceController';
import { loadExport } from '../evidence/exportLoader';
import { QuestionColumns } from '../evidence/questionColumns';
import type { Milestones } from '../firstSteps/milestones';
import type { FolderIndex } from '../index/folderIndex';
import { FolderRelations } from '../index/folderRelations';
import type { FolderMarks } from '../index/folderMarks';
import type { IndexClient } from '../../runtime/index/indexClient';
import type { LeftOutFiles } from '../documents/leftOutFiles';
import { describeError, logFailure, type Log } from '../log';
import { problemNotice } from '../notices';
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
import { watchMilestones } from './panelMilestones';
import { PanelReview } from './panelReview';
import { passageSources } from './passageSources';
import { ScopeFollower } from './scopeFollower';

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
  readonly milestones: Pick<Milestones, 'reach'>;
  readonly memory: vscode.Memento;
  /** Path of the exports of evidence. */
  readonly exportPath: string;
  /** The file that keeps the answers of papers to the questions of the evidence table. */
  readonly answersFile: vscode.Uri;
  readonly client: IndexClient;
  /** Creates the index when it is first called. */
  readonly folderIndex: () => FolderIndex;
  readonly leftOut: LeftOutFiles;
  readonly marks: Pick<FolderMarks, 'show'>;
  readonly log: Log;
}

const scopeKey = 'panel.scope';
const isScope = isOneOf<PanelScope>(panelScopes);

/** The panel's model on the engine, the open documents and the workspace. */
export class LivePanelModel extends Disposable implements PanelModel {
  private readonly edits = this._register(new EditLog());
  readonly relations: RelationsModel;
  readonly index: FolderIndex;
  readonly folder: FolderRelations;
  readonly questions: QuestionRunner;
  readonly revealer: EvidenceRevealer;
  readonly history: QuestionHistory;
  readonly evidence: EvidenceController;
  readonly curation: RelationCuration;
  readonly concepts: ConceptLookup;
  readonly review: PanelReview;
  readonly following: ScopeFollower;
  readonly passageSource: (scope: PanelScope) => PassageSource;

  constructor(private readonly parts: LivePanelModelParts) {
    super();
    const { engine, store, documentTagger, settings, memory, client, leftOut, log } = parts;
    const { edits } = this;
    const maxBytes = (): number => settings.maxFileBytes;
    const documents = this._register(new ReadableDocuments(settings, leftOut));
    const relationFinder = new RelationFinder({ engine, documentTagger, store, settings, edits });
    const added = new AddedRelations({ curation: parts.curation, edits, maxBytes, log });
    this.relations = this._register(
      new RelationsModel({ relationFinder, documents, store, documentTagger, added, log }),
    );
    this.index = parts.folderIndex();
    const review = this._register(new PanelReview(parts.review, log));
    this.review = review;
    const included = () => review.included();
    this.folder = this._register(
      new FolderRelations({ client, index: this.index, edits, added, included, log }),
    );
    this.curation = new RelationCuration(parts.curation);
    const columns = this._register(
      new QuestionColumns({
        engine,
        papers: (signal) => parts.review.load().papers(papersIn(this.scope, documents), signal),
        file: parts.answersFile,
        log,
      }),
    );
    this.evidence = this._register(
      new EvidenceController({
        engine,
        edits,
        maxBytes,
        review: parts.review,
        nameOf: (stated) => review.nameOf(stated),
        exports: () => loadExport(parts.exportPath),
        columns,
        log,
      }),
    );
    this.concepts = new ConceptLookup(engine, log);
    this.questions = new QuestionRunner(engine, this.concepts, {
      isPinned: (question, answer) => this.evidence.isAnswerPinned(question, answer),
      nameOf: (stated) => review.nameOf(stated),
    });
    this.passageSource = passageSources({
      ...{ engine, settings, edits, documents, client, review },
      index: this.index,
    });
    this.following = this._register(new ScopeFollower(this));
    this.revealer = this._register(
      new EvidenceRevealer(edits, (document) =>
        logFailure(parts.marks.show(document), log, 'showing marks of the index'),
      ),
    );
    this.history = this._register(new QuestionHistory(memory));
    this._register(watchMilestones(this, parts.milestones));
    this._register(parts.onDidChangeModel((tasks) => handleModelChange(this, tasks)));
    this._register(parts.terms.onDidChange(() => handleModelChange(this, ['relation-extraction'])));
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
}

/** Results of the previous model are replaced: relations of open documents are found again, the index is updated. */
function handleModelChange(
  { relations, index }: Pick<LivePanelModel, 'relations' | 'index'>,
  tasks: readonly ModelTask[],
): void {
  if (tasks.includes('relation-extraction')) relations.findAgain();
  if (index.exists) index.restart();
}

function papersIn(
  scope: PanelScope,
  documents: ReadableDocuments,
): readonly vscode.Uri[] | 'folder' | 'included' {
  return isFolderScope(scope) ? scope : documents.inScope(scope).map(({ uri }) => uri);
}
