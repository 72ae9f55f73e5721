import { placeAdded } from '../../core/curation/addedRelations';
import type { Curation } from '../../core/curation/decisions';
import type { Annotator, Attributed } from '../../core/exports/annotator';
import type { Relation } from '../../core/types';
import { documentPath } from '../workspace/workspaceFile';
import { locateRelations } from '../../runtime/folder/locatedRelation';

/**
 * Applies the decisions of the user to the relations of a model, and adds the relations that the user added.
 * A relation that a person has accepted, changed or added is attributed to a person.
 *
 * @param document `uri.toString()`
 * @param model The model that found the relations; undefined if no model ran.
 */
export function curatedRelations(
  document: string,
  text: string,
  relations: readonly Relation[],
  curation: Curation,
  model: Annotator | undefined,
): readonly Attributed<Relation>[] {
  const path = documentPath(document);
  const checked = locateRelations(text, relations).flatMap(({ relation, evidence }) => {
    const corrected = curation.shownRelation(path, evidence.text, relation);
    const isChecked = curation.relation(path, evidence.text, relation) !== undefined;
    return corrected ? [{ ...corrected, annotator: isChecked ? ('person' as const) : model }] : [];
  });
  const checkedKeys = new Set(checked.map(placeKey));
  const added = placeAdded(text, curation.addedRelations(path))
    .filter((each) => !checkedKeys.has(placeKey(each)))
    .map((each) => ({ ...each, annotator: 'person' as const }));
  return [...checked, ...added].sort((a, b) => a.evidence.start - b.evidence.start);
}

/** Identifies a relation by its type and the places of its two entities. */
export function placeKey({ type, subject, object }: Relation): string {
  return JSON.stringify([type, subject.start, subject.end, object.start, object.end]);
}
