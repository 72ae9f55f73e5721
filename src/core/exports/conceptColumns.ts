/** Identifiers of concepts in the forms that readers of each format expect. */
import type { ConceptLink } from '../types';
import { toOneLine } from './mention';

type Concepts = readonly ConceptLink[] | undefined;

/** Separates the identifiers of a mention with several concepts, as in the PubTator files of NCBI. */
const separator = '|';

/** Joins values so that they can be separated again. Equal neighbours, such as sources, are written once. */
function joined(values: readonly string[]): string {
  const distinct = [...new Set(values)];
  return distinct.map((value) => toOneLine(value).replaceAll(separator, '%7C')).join(separator);
}

/** The identifiers with their prefixes: `MESH:D001943|MESH:D010051`; empty if the mention is not linked. */
export function conceptIds(concepts: Concepts): string {
  return joined((concepts ?? []).map(({ id }) => id));
}

/** The header of {@link conceptColumns}. */
export const conceptColumnNames = [
  'concept_ids',
  'concept_name',
  'concept_source',
  'link_method',
  'species',
] as const;

/**
 * The columns of a table about the concepts of a mention: identifiers with their prefixes, preferred names, sources,
 * how the links were found, and the species of a gene. Values of several concepts are joined by `|`. All columns are
 * empty if the mention is not linked.
 */
export function conceptColumns(concepts: Concepts): readonly string[] {
  const all = concepts ?? [];
  return [
    conceptIds(concepts),
    all.map(({ name }) => joined([name])).join(separator),
    joined(all.map(({ source }) => source)),
    joined(all.map(({ method }) => method)),
    joined(all.flatMap(({ species }) => species ?? [])),
  ];
}

/** Prefixes that NCBI does not write: its genes and species are numbers, and cell lines have a prefix of their own. */
const omitted = /^(?:NCBIGene|NCBITaxon|Cellosaurus):/iu;

/**
 * The identifier as PubTator 3 and other services of NCBI write it: `MESH:D008687` and `OMIM:114480` with their
 * prefix, genes and species as bare numbers.
 */
export function ncbiId(id: string): string {
  return toOneLine(id).replace(omitted, '').replaceAll(separator, '%7C');
}

/** The identifiers as in {@link ncbiId}, joined by `|`. Undefined if the mention is not linked. */
export function ncbiIds(concepts: Concepts): string | undefined {
  const ids = new Set((concepts ?? []).map(({ id }) => ncbiId(id)));
  return ids.size === 0 ? undefined : [...ids].join(separator);
}

/** Names of databases in the BioC files of PubTator 3, by the prefix of their identifiers. */
const databases: ReadonlyMap<string, string> = new Map([
  ['ncbigene', 'ncbi_gene'],
  ['mesh', 'ncbi_mesh'],
  ['ncbitaxon', 'ncbi_taxonomy'],
]);

/** The database of a concept for {@link conceptInfons}: the name that NCBI uses, or the prefix in lower case. */
function databaseOf({ id, source }: ConceptLink): string {
  const prefix = /^([A-Za-z][\w.-]*):/u.exec(id)?.[1]?.toLowerCase();
  return prefix === undefined ? source : (databases.get(prefix) ?? prefix);
}

/**
 * The infons of a BioC annotation about its concepts. `identifier`, `database` and `name` are those of PubTator 3.
 * Undefined if the mention is not linked.
 */
export function conceptInfons(concepts: Concepts): Readonly<Record<string, string>> | undefined {
  const identifier = ncbiIds(concepts);
  if (concepts === undefined || identifier === undefined) return undefined;
  const [, name = '', source = '', method = '', species = ''] = conceptColumns(concepts);
  return {
    identifier,
    database: joined(concepts.map(databaseOf)),
    name,
    source,
    linkMethod: method,
    ...(species === '' ? {} : { species }),
  };
}
