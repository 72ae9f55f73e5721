/**
 * Three-way merges of the user's files, entry by entry, for changes of two windows, of git and of other programs.
 *
 * A merge by lines would not do: both windows insert lines at the same place, which is a conflict for git. Entries have
 * keys, so each one is merged by itself, and no conflict is left to the user. What one side changed or added stays; what
 * one side removed goes, unless the other side changed it meanwhile.
 */
import { storedDecisions } from './curationFile';
import { entityDecisionKey, linkDecisionKey, relationDecisionKey, type Decisions } from './decisions';
import { evidenceKey, sortEvidence, storedEvidence, type Evidence } from './evidenceFile';

/** Three versions of the same value: the last common one, and the two that were made from it. */
export interface Sides<Value> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}

export interface EntryRules<Entry> {
  /** Equal for versions of the same entry. */
  readonly keyOf: (entry: Entry) => string;
  /** The entry as it is stored; entries with the same form are equal. */
  readonly formOf: (entry: Entry) => unknown;
  /** Merges an entry that both sides changed or added. Default: ours. */
  readonly merge?: (ours: Entry, theirs: Entry, base: Entry | undefined) => Entry;
}

/**
 * Merges two lists of entries. A key that occurs twice in a list, as after a merge by lines, becomes one entry.
 *
 * @returns the entries of `theirs` in their order, then the further ones of `ours`.
 */
export function mergeEntries<Entry>(
  { base, ours, theirs }: Sides<readonly Entry[]>,
  { keyOf, formOf, merge = (own) => own }: EntryRules<Entry>,
): readonly Entry[] {
  const byKey = (entries: readonly Entry[]): ReadonlyMap<string, Entry> => {
    const found = new Map<string, Entry>();
    for (const entry of entries) {
      const earlier = found.get(keyOf(entry));
      found.set(keyOf(entry), earlier === undefined ? entry : merge(entry, earlier, undefined));
    }
    return found;
  };
  const isSame = (a: Entry, b: Entry | undefined): boolean =>
    b !== undefined && JSON.stringify(formOf(a)) === JSON.stringify(formOf(b));
  const [before, own, other] = [byKey(base), byKey(ours), byKey(theirs)];
  return [...new Set([...other.keys(), ...own.keys()])].flatMap((key) => {
    const [was, mine, their] = [before.get(key), own.get(key), other.get(key)];
    if (mine === undefined) return their === undefined || isSame(their, was) ? [] : [their];
    if (their === undefined) return isSame(mine, was) ? [] : [mine];
    if (isSame(mine, was)) return [their];
    return [isSame(their, was) || isSame(mine, their) ? mine : merge(mine, their, was)];
  });
}

/**
 * Merges tables of evidence. If both sides changed a note, the merged note has the words of both. A value that a person
 * has confirmed on one side stays confirmed.
 */
export function mergeEvidence(sides: Sides<readonly Evidence[]>): readonly Evidence[] {
  const merged = mergeEntries(sides, {
    keyOf: evidenceKey,
    formOf: storedEvidence,
    merge: (ours, theirs, base) => ({
      ...(ours.isProposed === true && theirs.isProposed !== true ? theirs : ours),
      note: mergeNotes(ours.note, theirs.note, base?.note ?? ''),
    }),
  });
  return sortEvidence(merged);
}

/** Merges decisions. If both sides decided about the same subject, ours is the later decision. */
export function mergeDecisions({ base, ours, theirs }: Sides<Decisions>): Decisions {
  const links = mergeEntries(
    { base: base.links ?? [], ours: ours.links ?? [], theirs: theirs.links ?? [] },
    { keyOf: linkDecisionKey, formOf: storedDecisions.link },
  );
  return {
    ...(links.length > 0 && { links }),
    entities: mergeEntries(
      { base: base.entities, ours: ours.entities, theirs: theirs.entities },
      { keyOf: entityDecisionKey, formOf: storedDecisions.entity },
    ),
    relations: mergeEntries(
      { base: base.relations, ours: ours.relations, theirs: theirs.relations },
      { keyOf: relationDecisionKey, formOf: storedDecisions.relation },
    ),
  };
}

function mergeNotes(ours: string, theirs: string, base: string): string {
  if (ours === base || theirs.includes(ours)) return theirs;
  return theirs === base || ours.includes(theirs) ? ours : `${theirs}; ${ours}`;
}
