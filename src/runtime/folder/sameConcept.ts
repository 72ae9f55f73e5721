/** Tells which mentions are about the same: by their concept, or by their name if they are not linked. Pure. */
import { conceptKey } from '../../core/linking/conceptKey';
import { nameKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';

type Named = Pick<Entity, 'name' | 'type' | 'concepts'>;

/** A mention of which only the identifiers of its concepts are known. */
interface Identified extends Pick<Entity, 'name' | 'type'> {
  readonly concepts?: readonly { readonly id: string }[] | undefined;
}

/**
 * Returns a test for mentions that the entities view lists in the same row: mentions of the same concepts, whatever
 * their names, or else mentions of the same name that are not linked.
 *
 * @param names Names of a mention that is not linked. Default: its name.
 */
export function mentionMatcher(
  { name, type, concepts }: Identified,
  names: readonly string[] = [name],
): (other: Named) => boolean {
  const wanted = conceptKey({ concepts });
  if (wanted !== undefined) return (other) => other.type === type && conceptKey(other) === wanted;
  const keys = new Set(names.map(nameKey));
  // Documents repeat names, so each spelling is normalised once.
  const isWanted = new Map<string, boolean>();
  return (other) => {
    if (other.type !== type || conceptKey(other) !== undefined) return false;
    const isMatch = isWanted.get(other.name) ?? keys.has(nameKey(other.name));
    isWanted.set(other.name, isMatch);
    return isMatch;
  };
}

/**
 * Whether two mentions are probably about the same: by their concepts if both are linked, otherwise by their names. A
 * mention in a relation may come from an earlier result, which has no links.
 */
export function isSameSubject(a: Named, b: Named): boolean {
  if (a.type !== b.type) return false;
  const [left, right] = [conceptKey(a), conceptKey(b)];
  return left !== undefined && right !== undefined ? left === right : nameKey(a.name) === nameKey(b.name);
}

/** Whether a mention refers to all of the concepts, perhaps among others as `breast and ovarian cancer` does. */
export function refersTo({ concepts }: Pick<Entity, 'concepts'>, ids: readonly string[]): boolean {
  return concepts !== undefined && ids.every((id) => concepts.some((concept) => concept.id === id));
}
