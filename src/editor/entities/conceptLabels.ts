/** Words for concepts, as hovers, lists and messages show them. Pure. */
import { databaseWith } from '../../core/linking/databases';
import { nameKey } from '../../core/text/mentions';
import type { Concept } from '../../core/types';

/** The name of the database that an identifier is from; undefined if it is not known. */
export function databaseOf(id: string): string | undefined {
  const colon = id.indexOf(':');
  return colon > 0 ? databaseWith(id.slice(0, colon))?.name : undefined;
}

/** An identifier for readers: `MeSH D008687` for `MESH:D008687`; an identifier of another database as it is. */
export function idLabel(id: string): string {
  const database = databaseOf(id);
  return database === undefined ? id : `${database} ${id.slice(id.indexOf(':') + 1)}`;
}

/** An identifier with its source, unless its label begins with it: `NCBI Gene 672 (HGNC)`, `MeSH D008687`. */
export function sourcedLabel({ id, source }: Concept): string {
  const label = idLabel(id);
  const database = databaseOf(id);
  const isNamed = source === '' || (database !== undefined && source.startsWith(database));
  return isNamed ? label : `${label} (${source})`;
}

/**
 * The concepts of a mention in one line: the preferred name if the mention has another name, then identifier and
 * species: `Methotrexate · MeSH D008727`, `NCBI Gene 672 · human`.
 *
 * @param shown The name beside which the line is shown.
 */
export function conceptsLabel(concepts: readonly Concept[], shown: string): string {
  return concepts.map((concept) => conceptLabel(concept, shown)).join(' + ');
}

function conceptLabel({ id, name, species }: Concept, shown: string): string {
  const preferred = nameKey(name) === nameKey(shown) ? [] : [name];
  return [...preferred, idLabel(id), ...(species === undefined ? [] : [species])].join(' · ');
}

/** Texts by which a filter finds concepts: their names and both forms of their identifiers. */
export function conceptTexts(concepts: readonly Concept[]): readonly string[] {
  return concepts.flatMap(({ id, name }) => [name, id, idLabel(id)]);
}
