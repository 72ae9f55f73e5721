import { placeAdded } from '../../core/curation/addedRelations';
import type { Curation } from '../../core/curation/decisions';
import type { Annotator, Attributed } from '../../core/formats/annotator';
import type { Relation } from '../../core/types';
import { documentPath } from '../workspace/workspaceFile';
import { foundRelations } from './foundRelation';

/**
 * What is left of a model's relations, with those that the reader added. What a person checked is theirs.
 *
 * @param document `uri.toString()`
 * @param model That found the relations, where one was asked.
 */
export function curatedRelations(
  document: string,
  text: string,
  relations: readonly Relation[],
  curation: Curation,
  model: Annotator | undefined,
): readonly Attributed<Relation>[] {
  const path = documentPath(document);
  const found = foundRelations(text, relations).flatMap(({ relation, evidence }) => {
    const shown = curation.shownRelation(path, evidence.text, relation);
    const isChecked = curation.relation(path, evidence.text, relation) !== undefined;
    return shown ? [{ ...shown, annotator: isChecked ? ('person' as const) : model }] : [];
  });
  const known = new Set(found.map(placesOf));
  const added = placeAdded(text, curation.addedRelations(path))
    .filter((each) => !known.has(placesOf(each)))
    .map((each) => ({ ...each, annotator: 'person' as const }));
  return [...found, ...added].sort((a, b) => a.evidence.start - b.evidence.start);
}

/** Equal for one relation between the same two places, whatever else is known of it. */
export function placesOf({ type, subject, object }: Relation): string {
  return JSON.stringify([type, subject.start, subject.end, object.start, object.end]);
}
