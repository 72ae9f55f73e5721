import type { Abbreviation, Entity, Span } from '../types';
import type { Linker } from './linker';

export interface DocumentToLink {
  readonly text: string;
  /** Offsets at which publications begin, ascending. None: the document is one publication. */
  readonly records: readonly number[];
  /** Mentions in document order. */
  readonly entities: readonly Entity[];
  /** Abbreviations that the document introduces, in its order. */
  readonly abbreviations: readonly Abbreviation[];
}

/**
 * Links the mentions of a document, one publication after the other.
 * @returns the mentions in document order. The generator yields the number of mentions linked since the previous step.
 */
export function* linkDocument(
  document: DocumentToLink,
  linker: Linker,
): Generator<number, readonly Entity[]> {
  const { text, records, entities, abbreviations } = document;
  const linked: Entity[] = [];
  let [entity, abbreviation] = [0, 0];
  for (const { start, end } of publicationsOf(text, records)) {
    const [firstEntity, firstAbbreviation] = [entity, abbreviation];
    while ((entities[entity]?.start ?? Infinity) < end) entity += 1;
    while ((abbreviations[abbreviation]?.short.start ?? Infinity) < end) abbreviation += 1;
    if (entity === firstEntity) continue;
    const own = {
      entities: entities.slice(firstEntity, entity),
      abbreviations: abbreviations.slice(firstAbbreviation, abbreviation),
    };
    for (const each of linker.link({ text, start, end, ...own })) linked.push(each);
    yield own.entities.length;
  }
  return linked;
}

/** The publications of a text. What comes before the first record belongs to it. */
function publicationsOf({ length }: string, records: readonly number[]): Span[] {
  const starts = [0, ...records.slice(1)];
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? length + 1 }));
}
