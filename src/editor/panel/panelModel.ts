import type { Relation } from '../../core/types';
import { isFolderScope, type PanelAction, type PanelScope } from '../../protocol/panel';
import type { EvidenceRevealer } from '../annotations/evidenceRevealer';
import type { ConceptLookup } from '../engine/conceptLookup';
import type { EvidenceController } from '../evidence/evidenceController';
import type { FolderIndex } from '../index/folderIndex';
import type { FolderRelations } from '../index/folderRelations';
import type { PassageSource } from '../questions/passageSource';
import type { QuestionHistory } from '../questions/questionHistory';
import type { QuestionRunner } from '../questions/questionRunner';
import type { RelationCuration } from '../relations/relationCuration';
import type { RelationsModel } from '../relations/relationsModel';
import type { RelationsSource } from '../relations/relationsSource';
import type { PanelReview } from './panelReview';
import type { ScopeFollower } from './scopeFollower';

/** The state behind the panel. It lives on while the panel is hidden. */
export interface PanelModel {
  /** Relations of open documents. */
  readonly relations: RelationsModel;
  /** Relations of the indexed folder. */
  readonly folder: FolderRelations;
  readonly index: FolderIndex;
  readonly questions: QuestionRunner;
  readonly revealer: EvidenceRevealer;
  readonly history: QuestionHistory;
  readonly evidence: EvidenceController;
  readonly curation: RelationCuration;
  readonly concepts: ConceptLookup;
  /** Returns the listed relations of a document, after decisions of the user. @param document `uri.toString()` */
  relationsOf(document: string): readonly Relation[];
  readonly review: PanelReview;
  /** Keeps the relations up to date while a page shows them. */
  readonly following: ScopeFollower;
  /** The scopes that the user can choose. */
  readonly scopes: readonly PanelScope[];
  /** Stored in the workspace state. */
  scope: PanelScope;
  readonly passageSource: (scope: PanelScope) => PassageSource;
  /** Runs an action. Its result appears in the state of the panel. */
  act(action: PanelAction): void;
  /** Shows an error message if work fails that no request of the panel waits for. */
  showFailure(work: Promise<unknown>): void;
}

/** Returns the source of the relations in the current scope. */
export function relationsSource({ scope, relations, folder }: PanelModel): RelationsSource {
  return isFolderScope(scope) ? folder : relations;
}
