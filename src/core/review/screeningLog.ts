/** The decisions of the reviewers: `screening-NAME.jsonl`, a file for each reviewer. */
import { oneOf, readLines, type ReadLines, stringOf, stringsOf } from './jsonLines';
import type { Choice, Phase, ScreeningLine } from './reviewData';

export const phases = ['title', 'abstract', 'fulltext'] as const satisfies readonly Phase[];
const choices = ['include', 'exclude', 'maybe', 'skip', 'none'] as const satisfies readonly Choice[];

export function readScreening(text: string): ReadLines<ScreeningLine> {
  return readLines(text, ({ record, phase, who, when, choice, reason, note, tags, settles }) => {
    const readPhase = oneOf(phase, phases);
    const isWhole = typeof record === 'string' && typeof who === 'string' && typeof when === 'string';
    const readChoice = oneOf(choice, choices);
    if (!isWhole || readPhase === undefined || (choice !== undefined && !readChoice)) return undefined;
    return {
      record,
      phase: readPhase,
      who,
      when,
      ...(readChoice && { choice: readChoice }),
      ...(typeof reason === 'string' && { reason }),
      ...(typeof note === 'string' && { note }),
      ...(Array.isArray(tags) && { tags: stringsOf(tags) }),
      ...(settles === true && { settles }),
    };
  });
}

/** A choice that decides: neither skipped nor taken back. */
export type Verdict = 'include' | 'exclude' | 'maybe';

/** The decision of one reviewer about a record in a phase. */
export interface Decision {
  readonly choice: Verdict;
  readonly reason?: string | undefined;
  readonly who: string;
  readonly when: string;
}

/** The decision that counts for a record in a phase, after all reviewers. */
export type Outcome = Pick<Decision, 'choice' | 'reason'>;

/** The note and the tags of a reviewer about a record. */
export interface Remarks {
  readonly note: string;
  readonly tags: readonly string[];
}

/**
 * The state that follows from the lines of all reviewers. Lines of one reviewer must be added in the order of the file;
 * the order of the files does not matter. Decisions about a duplicate count for the record that is kept in its place: if a
 * reviewer decided about both, the later decision counts.
 *
 * @example
 * const log = new ScreeningLog(readScreening(text).entries);
 * log.outcome('pmid:1', 'abstract'); // { choice: 'include' }
 */
export class ScreeningLog {
  /** By record and phase: the last line of each reviewer that states a choice. */
  private readonly lines = new Map<string, Map<string, ScreeningLine>>();
  /** By record and phase: the last settlement of each person. */
  private readonly settled = new Map<string, Map<string, ScreeningLine>>();
  private readonly remarksOf = new Map<string, Map<string, Partial<Remarks>>>();
  private readonly names = new Set<string>();

  /** @param membersOf The records of one publication, as {@link DuplicateLog.membersOf}. Default: each is its own. */
  constructor(
    lines: Iterable<ScreeningLine> = [],
    private readonly membersOf: (record: string) => readonly string[] = (record) => [record],
  ) {
    for (const line of lines) this.add(line);
  }

  add(line: ScreeningLine): void {
    this.names.add(line.who);
    const { record, who, note, tags, choice } = line;
    if (note !== undefined || tags !== undefined) {
      const before = this.remarksOf.get(record)?.get(who);
      const after = { ...before, ...(note !== undefined && { note }), ...(tags && { tags }) };
      entryOf(this.remarksOf, record).set(who, after);
    }
    if (choice === undefined) return;
    const key = keyOf(record, line.phase);
    if (line.settles === true) {
      entryOf(this.settled, key).set(who, line);
      return;
    }
    entryOf(this.lines, key).set(who, line);
    // Who has settled a conflict and decides again opens it again.
    this.settled.get(key)?.delete(who);
  }

  /** The reviewers that have added a line, in alphabetical order. */
  get reviewers(): readonly string[] {
    return [...this.names].sort();
  }

  /** The decision of a reviewer. Undefined also if the record was skipped or the decision was taken back. */
  decisionOf(record: string, phase: Phase, who: string): Decision | undefined {
    return decision(this.linesOf(record, phase).get(who));
  }

  /** Whether the last choice of a reviewer was to see the record again at the end. */
  isSkipped(record: string, phase: Phase, who: string): boolean {
    return this.linesOf(record, phase).get(who)?.choice === 'skip';
  }

  /** The decisions of all reviewers, by the name of the reviewer. */
  decisions(record: string, phase: Phase): readonly Decision[] {
    return [...this.linesOf(record, phase).values()]
      .flatMap((line) => decision(line) ?? [])
      .sort((a, b) => (a.who < b.who ? -1 : a.who > b.who ? 1 : 0));
  }

  /** Whether one reviewer excludes a record and another does not, and nobody has settled it. */
  isConflict(record: string, phase: Phase): boolean {
    return disagree(this.decisions(record, phase)) && !this.settlement(record, phase);
  }

  /** Undefined while nobody has decided, or while there is a conflict. */
  outcome(record: string, phase: Phase): Outcome | undefined {
    const settlement = this.settlement(record, phase);
    if (settlement) return settlement;
    const decided = this.decisions(record, phase);
    const [first] = decided;
    if (!first || disagree(decided)) return undefined;
    const choice = decided.every((each) => each.choice === first.choice) ? first.choice : 'maybe';
    return { choice, reason: decided.find(({ reason }) => reason !== undefined)?.reason };
  }

  /** The remarks of one reviewer. */
  remarks(record: string, who: string): Remarks {
    const all = this.membersOf(record).flatMap((id) => this.remarksOf.get(id)?.get(who) ?? []);
    const note = all.find((each) => each.note !== undefined)?.note ?? '';
    return { note, tags: all.find((each) => each.tags !== undefined)?.tags ?? [] };
  }

  /** The notes of all reviewers and their tags, each once. */
  allRemarks(record: string): { readonly notes: readonly string[]; readonly tags: readonly string[] } {
    const all = this.reviewers.map((who) => this.remarks(record, who));
    return {
      notes: all.flatMap(({ note }) => (note === '' ? [] : [note])),
      tags: [...new Set(all.flatMap(({ tags }) => tags))],
    };
  }

  private settlement(record: string, phase: Phase): Decision | undefined {
    const key = (id: string): string => keyOf(id, phase);
    const all = this.membersOf(record).flatMap((id) => [...(this.settled.get(key(id))?.values() ?? [])]);
    return decision(all.toSorted(byTime).at(-1));
  }

  /** By reviewer the last line about a record or its duplicates. A skip counts only without anything else. */
  private linesOf(record: string, phase: Phase): ReadonlyMap<string, ScreeningLine> {
    const all = this.membersOf(record).flatMap((id) => this.lines.get(keyOf(id, phase)) ?? []);
    if (all.length === 1 && all[0]) return all[0];
    const lines = all.flatMap((each) => [...each.values()]);
    const isSkip = ({ choice }: ScreeningLine): boolean => choice === 'skip';
    const weakestFirst = [...lines.filter(isSkip), ...lines.filter((line) => !isSkip(line)).sort(byTime)];
    return new Map(weakestFirst.map((line) => [line.who, line]));
  }
}

/** Whether one reviewer excludes a record and another does not. */
function disagree(decided: readonly Decision[]): boolean {
  const excluding = decided.filter(({ choice }) => choice === 'exclude').length;
  return excluding > 0 && excluding < decided.length;
}

function byTime(a: ScreeningLine, b: ScreeningLine): number {
  return a.when < b.when ? -1 : a.when > b.when ? 1 : 0;
}

function decision(line: ScreeningLine | undefined): Decision | undefined {
  const choice = line && oneOf(line.choice, ['include', 'exclude', 'maybe'] as const);
  return choice && { choice, reason: stringOf(line.reason), who: line.who, when: line.when };
}

function keyOf(record: string, phase: Phase): string {
  return `${phase} ${record}`;
}

function entryOf<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = map.get(key);
  if (known) return known;
  const created = new Map<string, Value>();
  map.set(key, created);
  return created;
}
