import type { Choice, Phase, ReviewSource } from './reviewData';

/** The records and decisions that the flow diagram counts, with the logs of the review already folded. */
export interface PrismaInput {
  readonly sources: readonly Pick<ReviewSource, 'id' | 'database' | 'kind'>[];
  /** `source` is the id of a source. */
  readonly records: readonly { readonly id: string; readonly source: string }[];
  /** For each duplicate the record that stands for it. */
  readonly duplicateOf: ReadonlyMap<string, string>;
  /** Records that were removed before screening for another reason. Default: none. */
  readonly removed?: ReadonlyMap<string, 'automation' | 'other'>;
  /** The decision that counts for a record in a phase, if there is one. */
  readonly decision: (id: string, phase: Phase) => PrismaDecision | undefined;
  /** The phases of the review, in order. */
  readonly phases: readonly Phase[];
}

export interface PrismaDecision {
  readonly choice: Choice;
  readonly reason?: string | undefined;
}

/** The reason of a full text that nobody could get. Upper case and blanks do not matter. */
export const notRetrievedReason = 'not retrieved';

export interface PrismaCount {
  readonly name: string;
  readonly count: number;
}

/**
 * The numbers of one column of the diagram. They add up: `identified = duplicates + automation + otherReasons + unscreened +
 * screened`, `screened = excluded + sought`, `sought = notRetrieved + unassessed + assessed`, `assessed = excludedReports +
 * included`.
 */
export interface PrismaColumn {
  readonly identified: number;
  /** The records of each database or other method, in the order of the imports. */
  readonly databases: readonly PrismaCount[];
  /** The records of each register. */
  readonly registers: readonly PrismaCount[];
  readonly duplicates: number;
  readonly automation: number;
  readonly otherReasons: number;
  /** Records without a decision on title and abstract; also those that a reviewer is not sure about. */
  readonly unscreened: number;
  readonly screened: number;
  readonly excluded: number;
  readonly sought: number;
  readonly notRetrieved: number;
  /** Reports without a decision on the full text. */
  readonly unassessed: number;
  readonly assessed: number;
  readonly excludedReports: number;
  /** The reasons for {@link excludedReports}, the most frequent first. The name is empty where nobody gave one. */
  readonly reasons: readonly PrismaCount[];
  readonly included: number;
}

/** The numbers of the PRISMA 2020 flow diagram for new reviews. */
export interface PrismaCounts {
  /** Identification of studies via databases and registers. */
  readonly databases: PrismaColumn;
  /** Identification of studies via other methods; undefined if no record came this way. */
  readonly others: PrismaColumn | undefined;
  /** False for a review that ends with the abstracts: `included` are then the records that passed them. */
  readonly hasFullTexts: boolean;
  /** The studies of both columns. */
  readonly included: number;
}

/**
 * Counts the records for the flow diagram of PRISMA 2020 (Page et al., BMJ 2021;372:n71, figure 1), for reviews that search
 * databases and registers and other methods. Each record is counted in the column of its source, and ends in one box.
 *
 * A decision in a later phase also counts for the earlier phases that have none. The official diagram shows no
 * duplicates and no screening for other methods; they are counted all the same, so that the numbers add up.
 */
export function prismaCounts(input: PrismaInput): PrismaCounts {
  const sources = new Map(input.sources.map((source) => [source.id, source]));
  const hasFullTexts = input.phases.includes('fulltext');
  const columnOf = (isOther: boolean): PrismaColumn => {
    const records = input.records
      .map(({ id, source }) => ({ id, source: sources.get(source) ?? unknownSource(source) }))
      .filter(({ source }) => (source.kind === 'other') === isOther);
    return columnCounts(
      records,
      records.map(({ id }) => fateOf(id, input)),
    );
  };
  const databases = columnOf(false);
  const others = columnOf(true);
  return {
    databases,
    others: others.identified === 0 ? undefined : others,
    hasFullTexts,
    included: databases.included + others.included,
  };
}

type NamedSource = Pick<ReviewSource, 'database' | 'kind'>;

/** Records of a source that the settings do not list still count. */
function unknownSource(id: string): NamedSource {
  return { database: id, kind: 'database' };
}

type Fate =
  | 'duplicates'
  | 'automation'
  | 'otherReasons'
  | 'unscreened'
  | 'excluded'
  | 'notRetrieved'
  | 'unassessed'
  | { readonly reason: string }
  | 'included';

/** The box in which a record ends. An object is a report that was excluded for a reason. */
function fateOf(id: string, { duplicateOf, removed, decision, phases }: PrismaInput): Fate {
  if ((duplicateOf.get(id) ?? id) !== id) return 'duplicates';
  const removal = removed?.get(id);
  if (removal !== undefined) return removal === 'automation' ? 'automation' : 'otherReasons';
  const decisions = phases.map((phase) => ({ phase, ...decided(decision(id, phase)) }));
  const lastDecided = decisions.findLastIndex(({ choice }) => choice !== undefined);
  for (const [index, { phase, choice, reason }] of decisions.entries()) {
    const isFullText = phase === 'fulltext';
    if (choice === undefined && index > lastDecided) return isFullText ? 'unassessed' : 'unscreened';
    if (choice !== 'exclude') continue;
    if (!isFullText) return 'excluded';
    return isNotRetrieved(reason) ? 'notRetrieved' : { reason };
  }
  return 'included';
}

/** A choice that settles a phase. `maybe` and `skip` leave it open. */
function decided(decision: PrismaDecision | undefined): {
  readonly choice: 'include' | 'exclude' | undefined;
  readonly reason: string;
} {
  const { choice, reason = '' } = decision ?? {};
  return {
    choice: choice === 'include' || choice === 'exclude' ? choice : undefined,
    reason: reason.replace(/\s+/g, ' ').trim(),
  };
}

function isNotRetrieved(reason: string): boolean {
  return reason.toLowerCase() === notRetrievedReason;
}

function columnCounts(
  records: readonly { readonly source: NamedSource }[],
  fates: readonly Fate[],
): PrismaColumn {
  const count = (fate: Fate): number => fates.filter((each) => each === fate).length;
  const reasons = fates.flatMap((fate) => (typeof fate === 'object' ? [fate.reason] : []));
  const sourcesOf = (isRegister: boolean): readonly PrismaCount[] =>
    counted(
      records.flatMap(({ source }) => ((source.kind === 'register') === isRegister ? [source.database] : [])),
    );
  const included = count('included');
  const assessed = included + reasons.length;
  const sought = assessed + count('notRetrieved') + count('unassessed');
  return {
    identified: records.length,
    databases: sourcesOf(false),
    registers: sourcesOf(true),
    duplicates: count('duplicates'),
    automation: count('automation'),
    otherReasons: count('otherReasons'),
    unscreened: count('unscreened'),
    screened: sought + count('excluded'),
    excluded: count('excluded'),
    sought,
    notRetrieved: count('notRetrieved'),
    unassessed: count('unassessed'),
    assessed,
    excludedReports: reasons.length,
    reasons: counted(reasons).toSorted((a, b) => b.count - a.count),
    included,
  };
}

/** How often each name occurs, in the order in which they occur first. */
function counted(names: readonly string[]): readonly PrismaCount[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Array.from(counts, ([name, count]) => ({ name, count }));
}
