/** The options of the list of relations: what it shows, and in which order. Without side effects. */
import type { PanelScope, RelationRow } from '../../src/protocol/panel';

export const sortOrders = ['probability', 'sentences', 'subject', 'object', 'type', 'place'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** The statement of a sentence about its relation. A sentence that denies it is against it, even in speculative words. */
export const statements = ['inFavour', 'against', 'speculative'] as const;
export type Statement = (typeof statements)[number];

export function statementOf({ negated, speculated }: RelationRow): Statement {
  if (negated !== undefined) return 'against';
  return speculated === undefined ? 'inFavour' : 'speculative';
}

export interface ListOptions {
  /**
   * Search text. Every word of it must occur in the relation, the sentence, the document name, or what the subject and
   * the object are called; or the text is a name of one of the two.
   */
  readonly text: string;
  /** Relation type; empty for all types. */
  readonly type: string;
  readonly minProbability: number;
  /** Whether the list also has the relations that are less certain. */
  readonly withTentative: boolean;
  readonly sort: SortOrder;
  readonly isGrouped: boolean;
  /** Key of a name that must be subject or object; the graph sets it, too. */
  readonly entity: string | undefined;
  /** Type of entity that the subject or the object must have; empty for all types. */
  readonly entityType: string;
  /** Empty for all statements. */
  readonly statement: Statement | '';
  /** The publication or document that the sentence must be from, see `PlaceName.document`. */
  readonly paper: string | undefined;
  /** The first and the last year of publication. A paper whose year is not known is in no range. */
  readonly yearFrom: number | undefined;
  readonly yearTo: number | undefined;
  /** Whether drafts and notes of the user are left out. */
  readonly withoutDrafts: boolean;
}

/** The options that restrict the list. They are shown as chips; the search text is visible in its box. */
export const noFilters = {
  type: '',
  minProbability: 0,
  entity: undefined,
  entityType: '',
  statement: '',
  paper: undefined,
  yearFrom: undefined,
  yearTo: undefined,
  withoutDrafts: false,
} as const satisfies Partial<ListOptions>;

/**
 * The options that apply in a scope. The relations of one document are listed even if it is a draft, as questions about
 * it read it.
 * @param scope Default: any other.
 */
export function optionsIn(scope: PanelScope | undefined, options: ListOptions): ListOptions {
  return scope === 'document' ? { ...options, withoutDrafts: false } : options;
}

export const defaultOptions: ListOptions = {
  ...noFilters,
  text: '',
  withTentative: false,
  sort: 'probability',
  isGrouped: true,
};
