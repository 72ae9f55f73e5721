import { ownValue } from '../ownValue';

/** A database of concepts. */
export interface Database {
  /** The name by which readers know it. */
  readonly name: string;
  /** Pattern of the identifiers after their prefix. It matches whole identifiers in linear time. */
  readonly pattern: RegExp;
  /** Address of an entry; the encoded identifier is appended. */
  readonly address: string;
}

const numbers = /^\d{1,12}$/;

/** Databases by the prefix of their identifiers in lower case. */
const databases: Readonly<Record<string, Database>> = {
  ncbigene: { name: 'NCBI Gene', pattern: numbers, address: 'https://www.ncbi.nlm.nih.gov/gene/' },
  mesh: {
    name: 'MeSH',
    pattern: /^[A-Z]\d{1,12}$/,
    address: 'https://meshb.nlm.nih.gov/record/ui?ui=',
  },
  omim: { name: 'OMIM', pattern: numbers, address: 'https://www.omim.org/entry/' },
  chebi: {
    name: 'ChEBI',
    pattern: numbers,
    address: 'https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:',
  },
  ncbitaxon: {
    name: 'NCBI Taxonomy',
    pattern: numbers,
    address: 'https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=',
  },
  fplx: { name: 'FamPlex', pattern: /^\w[\w.-]{0,99}$/, address: 'https://identifiers.org/fplx:' },
  doid: { name: 'Disease Ontology', pattern: numbers, address: 'https://disease-ontology.org/?id=DOID:' },
  mondo: { name: 'Mondo', pattern: numbers, address: 'https://monarchinitiative.org/MONDO:' },
  hp: { name: 'HPO', pattern: numbers, address: 'https://hpo.jax.org/browse/term/HP:' },
  hgnc: {
    name: 'HGNC',
    pattern: numbers,
    address: 'https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:',
  },
  cellosaurus: {
    name: 'Cellosaurus',
    pattern: /^CVCL_[A-Z0-9]{4}$/,
    address: 'https://www.cellosaurus.org/',
  },
};

/** @param prefix Prefix of identifiers, in any letter case. @returns undefined for a database that is not known. */
export function databaseWith(prefix: string): Database | undefined {
  return ownValue(databases, prefix.toLowerCase());
}
