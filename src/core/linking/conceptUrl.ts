import { ownValue } from '../ownValue';

interface Database {
  /** Pattern of the identifiers after their prefix. It matches whole identifiers in linear time. */
  readonly pattern: RegExp;
  /** Address of an entry; the encoded identifier is appended. */
  readonly address: string;
}

const numbers = /^\d{1,12}$/;

/** Databases by the prefix of their identifiers in lower case. */
const databases: Readonly<Record<string, Database>> = {
  ncbigene: { pattern: numbers, address: 'https://www.ncbi.nlm.nih.gov/gene/' },
  mesh: { pattern: /^[A-Z]\d{1,12}$/, address: 'https://meshb.nlm.nih.gov/record/ui?ui=' },
  omim: { pattern: numbers, address: 'https://www.omim.org/entry/' },
  chebi: { pattern: numbers, address: 'https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:' },
  ncbitaxon: {
    pattern: numbers,
    address: 'https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=',
  },
  fplx: { pattern: /^\w[\w.-]{0,99}$/, address: 'https://identifiers.org/fplx:' },
  doid: { pattern: numbers, address: 'https://disease-ontology.org/?id=DOID:' },
  mondo: { pattern: numbers, address: 'https://monarchinitiative.org/MONDO:' },
  hp: { pattern: numbers, address: 'https://hpo.jax.org/browse/term/HP:' },
  hgnc: { pattern: numbers, address: 'https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:' },
  cellosaurus: { pattern: /^CVCL_[A-Z0-9]{4}$/, address: 'https://www.cellosaurus.org/' },
};

/** Identifiers of Cellosaurus contain the name of the database and are often written without a prefix. */
const cellLine = /^CVCL_[A-Z0-9]{4}$/;

/**
 * The page of a concept in the database that its identifier is from: `MESH:D008687` is
 * `https://meshb.nlm.nih.gov/record/ui?ui=D008687`. The letter case of the prefix does not matter.
 *
 * @returns undefined if the database is not known or the identifier does not have the form that the database uses, as
 * terms of the user may have any identifier.
 */
export function conceptUrl(id: string): string | undefined {
  const colon = id.indexOf(':');
  const prefix = colon === -1 && cellLine.test(id) ? 'cellosaurus' : id.slice(0, colon).toLowerCase();
  const local = id.slice(colon + 1);
  const database = colon === 0 ? undefined : ownValue(databases, prefix);
  if (database === undefined || !database.pattern.test(local)) return undefined;
  return database.address + encodeURIComponent(local);
}
