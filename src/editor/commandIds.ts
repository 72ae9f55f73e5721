import type { EntityType } from '../core/types';

/** The commands of the review. Each is a file in `review/commands`, in a bundle that is loaded on first use. */
export const reviewCommandIds = {
  reviewNew: 'biobert.review.new',
  reviewOpen: 'biobert.review.open',
  reviewImport: 'biobert.review.import',
  reviewSearchPubMed: 'biobert.review.searchPubMed',
  reviewSearchEuropePmc: 'biobert.review.searchEuropePmc',
  reviewImportZotero: 'biobert.review.importZotero',
  reviewDuplicates: 'biobert.review.duplicates',
  reviewConflicts: 'biobert.review.conflicts',
  reviewEdit: 'biobert.review.edit',
  reviewReport: 'biobert.review.report',
  reviewExport: 'biobert.review.export',
  reviewInsertCitation: 'biobert.review.insertCitation',
  reviewFill: 'biobert.review.fill',
  reviewPropose: 'biobert.review.propose',
} as const;

export type ReviewCommandId = (typeof reviewCommandIds)[keyof typeof reviewCommandIds];

/** The commands that are loaded when the first of them is called. Each is a file in `onDemand`. */
export const onDemandCommandIds = {
  tagWorkspaceFolder: 'biobert.tagWorkspaceFolder',
  reportIssue: 'biobert.reportIssue',
  /** Called from a hover with a {@link MentionLink}, and from the entities view with rows. */
  chooseConcept: 'biobert.chooseConcept',
  addRelation: 'biobert.addRelation',
  selectModel: 'biobert.selectModel',
  setUpServer: 'biobert.setUpServer',
  compareModels: 'biobert.compareModels',
  exportAnnotations: 'biobert.exportAnnotations',
  exportFolder: 'biobert.exportFolder',
} as const;

export type OnDemandCommandId = (typeof onDemandCommandIds)[keyof typeof onDemandCommandIds];

/** Ids of all commands of the extension. A test compares them with package.json. */
export const commandIds = {
  ...reviewCommandIds,
  ...onDemandCommandIds,
  /** Called from the walkthrough with the sample to open: `review`, or nothing for the abstract. */
  openSample: 'biobert.openSample',
  tagDocument: 'biobert.tagDocument',
  tagSelection: 'biobert.tagSelection',
  clearTags: 'biobert.clearTags',
  /** The next two are called from the explorer with URIs. */
  leaveOut: 'biobert.leaveOut',
  useAgain: 'biobert.useAgain',
  nextEntity: 'biobert.nextEntity',
  previousEntity: 'biobert.previousEntity',
  /** Called from a hover with a {@link MentionLink}. */
  findAllMentions: 'biobert.findAllMentions',
  toggleEntityType: 'biobert.toggleEntityType',
  showLog: 'biobert.showLog',
  unloadModel: 'biobert.unloadModel',
  filterEntities: 'biobert.entities.filter',
  clearEntityFilter: 'biobert.entities.clearFilter',
  sortEntities: 'biobert.entities.sort',
  copyEntities: 'biobert.entities.copy',
  /** Called from a hover with a {@link MentionLink}. */
  revealMention: 'biobert.entities.reveal',
  listFolder: 'biobert.entities.listFolder',
  listDocument: 'biobert.entities.listDocument',
  askQuestion: 'biobert.askQuestion',
  askAboutSelection: 'biobert.askAboutSelection',
  openGraph: 'biobert.openGraph',
  /** The next four are called from a hover with a {@link MentionLink}. */
  acceptEntity: 'biobert.acceptEntity',
  rejectEntity: 'biobert.rejectEntity',
  retypeEntity: 'biobert.retypeEntity',
  undoEntity: 'biobert.undoEntity',
  /** Called from a hover with a {@link MentionLink}. */
  mentionDetails: 'biobert.mentionDetails',
  addEntity: 'biobert.addEntity',
  removeIndex: 'biobert.removeIndex',
  exportEvidence: 'biobert.exportEvidence',
  openGuide: 'biobert.openGuide',
  openPaperText: 'biobert.openPaperText',
  /** Called from the text of a paper with the URI of its file. */
  openPaper: 'biobert.openPaper',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/**
 * The argument of a command link: the place of a mention, and its name if the document may be untagged (as in a hover).
 * Links may be written by anybody, so the argument must be checked by {@link isMentionLink}.
 */
export interface MentionLink {
  /** `uri.toString()` of the document. */
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly type?: EntityType;
  /** Identifiers of the concepts that the mention refers to. */
  readonly concepts?: readonly string[];
}

export function isMentionLink(value: unknown): value is MentionLink {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, start, end, name, type, concepts } = value as Record<string, unknown>;
  return (
    typeof uri === 'string' &&
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    [name, type].every((each) => each === undefined || typeof each === 'string') &&
    (concepts === undefined || (Array.isArray(concepts) && concepts.every((id) => typeof id === 'string')))
  );
}
