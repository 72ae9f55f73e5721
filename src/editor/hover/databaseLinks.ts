/** Links to searches in public databases. No request is sent before the user clicks a link. */
import { isShippedType, type ShippedType } from '../../core/entities/entityTypes';
import type { EntityType } from '../../core/types';

export interface Link {
  /** Name of the database, not translated. */
  readonly label: string;
  readonly url: string;
}

const ncbiGene = site('NCBI Gene', 'https://www.ncbi.nlm.nih.gov/gene/?term=');
const taxonomy = site('NCBI Taxonomy', 'https://www.ncbi.nlm.nih.gov/taxonomy/?term=');
const dbSnp = site('dbSNP', 'https://www.ncbi.nlm.nih.gov/snp/?term=');
const clinVar = site('ClinVar', 'https://www.ncbi.nlm.nih.gov/clinvar/?term=');
const cellosaurus = site('Cellosaurus', 'https://www.cellosaurus.org/search?query=');
const mesh = site('MeSH', 'https://www.ncbi.nlm.nih.gov/mesh/?term=');
const pubChem = site('PubChem', 'https://pubchem.ncbi.nlm.nih.gov/#query=');
const pubTator = site('PubTator 3', 'https://www.ncbi.nlm.nih.gov/research/pubtator3/docsum?text=');
const europePmc = site('Europe PMC', 'https://europepmc.org/search?query=');

const sitesOfType: Readonly<Record<ShippedType, readonly Site[]>> = {
  Gene: [ncbiGene],
  Disease: [mesh],
  Chemical: [pubChem, mesh],
  Species: [taxonomy],
  Variant: [dbSnp, clinVar],
  CellLine: [cellosaurus],
};

type Site = (name: string) => Link;

function site(label: string, prefix: string): Site {
  return (name) => ({ label, url: prefix + encodeForLink(name) });
}

/** Returns links to searches for a name in the databases for a type. */
export function searchesOfType(type: EntityType, name: string): Link[] {
  const ofType = isShippedType(type) ? sitesOfType[type] : [];
  return ofType.map((search) => search(name));
}

/** Returns links to searches for a name in the literature. */
export function literatureLinks(name: string): Link[] {
  return [pubTator, europePmc].map((search) => search(name));
}

/** Encodes the characters of a URL that would end a Markdown link. */
export function escapeForLink(url: string): string {
  return url.replace(/[()<>\s]/g, (character) => encodeURIComponent(character).replace(/[()]/g, percentCode));
}

function percentCode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Encodes text for a URL inside a Markdown link. Parentheses would end the link; lone surrogates cannot be encoded. */
export function encodeForLink(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, percentCode);
}
