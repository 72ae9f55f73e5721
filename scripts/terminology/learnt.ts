import { readFileSync } from 'node:fs';
import type { TermTable } from './termTable';

/** Types of corpora → types of concepts. */
const types: Readonly<Record<string, string>> = {
  GeneOrGeneProduct: 'Gene',
  Gene: 'Gene',
  DiseaseOrPhenotypicFeature: 'Disease',
  Disease: 'Disease',
  SpecificDisease: 'Disease',
  Modifier: 'Disease',
  DiseaseClass: 'Disease',
  ChemicalEntity: 'Chemical',
  Chemical: 'Chemical',
  OrganismTaxon: 'Species',
  Species: 'Species',
};

interface Annotation {
  readonly document: string;
  readonly name: string;
  readonly type: string;
  readonly id: string;
}

/** Annotations of a file in PubTator format that have a single identifier. */
function* annotations(path: string): Generator<Annotation> {
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [document = '', start = '', , name = '', type = '', id = ''] = line.trimEnd().split('\t');
    const known = /^\d+$/.test(start) ? types[type] : undefined;
    if (known !== undefined) yield { document, name, type: known, id: fullId(known, id) };
  }
}

/** The identifier with its prefix. It is empty for a mention without an identifier, or with several. */
function fullId(type: string, id: string): string {
  if (/^(?:MESH:)?[CD]\d+$/.test(id)) return `MESH:${id.replace('MESH:', '')}`;
  if (/^(?:OMIM|NCBITaxon|CHEBI):\d+$/.test(id)) return id;
  if (!/^\d+$/.test(id)) return '';
  return type === 'Species' ? `NCBITaxon:${id}` : type === 'Gene' ? `NCBIGene:${id}` : '';
}

/** Documents of files in PubTator format. */
export function documentsOf(paths: readonly string[]): Set<string> {
  return new Set(paths.flatMap((path) => readFileSync(path, 'utf8').match(/^\d+(?=\|t\|)/gm) ?? []));
}

/** Adds the names that annotators used, with their counts. Documents in `excluded` are left out. */
export function addLearntNames(
  table: TermTable,
  paths: readonly string[],
  excluded: ReadonlySet<string>,
): number {
  const seen = new Set<string>();
  let added = 0;
  for (const path of paths) {
    const documents = new Set<string>();
    for (const { document, name, type, id } of annotations(path)) {
      // The corpora share abstracts; each is read once. CRAFT annotates the genus of a species, not the species.
      if (
        id === '' ||
        (type === 'Species' && path.includes('CRAFT')) ||
        excluded.has(document) ||
        seen.has(`${document} ${type}`)
      )
        continue;
      documents.add(`${document} ${type}`);
      const needsSource = type === 'Gene' || id.startsWith('CHEBI');
      const concept = table.find(type, id) ?? (needsSource ? undefined : table.concept(id, type, name));
      if (concept) table.name(concept, name, 'learnt', 1);
      if (concept) added += 1;
    }
    for (const document of documents) seen.add(document);
  }
  return added;
}
