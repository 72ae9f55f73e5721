import type { ComparableRecord } from './comparableRecord';
import { judgePair } from './pairScore';

/** The records that are never merged, whatever their fields say. */
export interface ClusterRules {
  /** Ids of records that were compared with each other before. */
  readonly known: ReadonlySet<string>;
  readonly separate: (a: string, b: string) => boolean;
}

interface Cluster {
  /** Positions of records. */
  readonly members: readonly number[];
  readonly doi: string | undefined;
  readonly pmid: string | undefined;
  readonly isKnown: boolean;
}

/** In larger clusters only as many records are compared with those of the other cluster. */
const maxCompared = 8;

/**
 * Records in clusters, each of which is one publication. A record that matches an abstract at a conference and the
 * article that followed must not join them, so clusters are only merged if none of their records contradict each other.
 */
export class DuplicateClusters {
  private readonly clusterOf: Cluster[];

  constructor(
    private readonly records: readonly ComparableRecord[],
    private readonly rules: ClusterRules,
  ) {
    this.clusterOf = records.map(({ id, doi, pmid }, at) => {
      return { members: [at], doi, pmid, isKnown: rules.known.has(id) };
    });
  }

  /** Positions of the records that are one publication with the record at a position. */
  membersOf(at: number): readonly number[] {
    return this.clusterOf[at]?.members ?? [];
  }

  /** Whether two records are one publication. */
  isJoined(a: number, b: number): boolean {
    return this.clusterOf[a] === this.clusterOf[b];
  }

  /** Whether a person, or an earlier comparison, has said that the publications of two records are two. */
  isSettled(a: number, b: number): boolean {
    const [left, right] = [this.clusterOf[a], this.clusterOf[b]];
    if (!left || !right || (left.isKnown && right.isKnown)) return true;
    return this.isSeparated(a, b);
  }

  /** Whether a person has said that the publications of two records are two. */
  isSeparated(a: number, b: number): boolean {
    const right = this.membersOf(b);
    return this.membersOf(a).some((one) => right.some((other) => this.isSeparate(one, other)));
  }

  /** Joins the publications of two records, unless something speaks against it. */
  join(a: number, b: number): void {
    if (this.isJoined(a, b) || this.isSettled(a, b) || !this.agree(a, b)) return;
    this.joinAlways(a, b);
  }

  /** Joins two records as an earlier comparison or a person did. */
  joinAlways(a: number, b: number): void {
    const [left, right] = [this.clusterOf[a], this.clusterOf[b]];
    if (!left || !right || left === right) return;
    const joined: Cluster = {
      members: [...left.members, ...right.members].sort((one, other) => one - other),
      doi: left.doi ?? right.doi,
      pmid: left.pmid ?? right.pmid,
      isKnown: left.isKnown || right.isKnown,
    };
    for (const at of joined.members) this.clusterOf[at] = joined;
  }

  private agree(a: number, b: number): boolean {
    const [left, right] = [this.clusterOf[a], this.clusterOf[b]];
    if (!left || !right || differ(left.doi, right.doi) || differ(left.pmid, right.pmid)) return false;
    return left.members.slice(0, maxCompared).every((one) =>
      right.members.slice(0, maxCompared).every((other) => {
        const [first, second] = [this.records[one], this.records[other]];
        return first && second && judgePair(first, second).verdict !== 'different';
      }),
    );
  }

  private isSeparate(a: number, b: number): boolean {
    const [first, second] = [this.records[a]?.id, this.records[b]?.id];
    if (first === undefined || second === undefined) return false;
    return this.rules.separate(first, second) || this.rules.separate(second, first);
  }
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
