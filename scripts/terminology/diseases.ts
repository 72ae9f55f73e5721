import { join } from 'node:path';
import { lines, tsv } from './readers';
import type { ConceptRow, TermTable } from './termTable';

/** Names of the Disease Ontology. A disease that MeSH or OMIM knows is one concept with it. */
export function addDiseaseOntology(table: TermTable, folder: string): void {
  const known = new Map<string, string>();
  for (const [id = '', , reference = ''] of tsv(join(folder, 'DOreports/allXREFinDO.tsv'), {
    header: true,
  })) {
    if (reference.startsWith('MESH:')) known.set(id, reference);
    else if (reference.startsWith('MIM:') && !known.has(id)) known.set(id, `O${reference}`);
  }
  const concepts = new Map<string, ConceptRow>();
  for (const [id = '', label = ''] of tsv(join(folder, 'DOreports/HumanDO.tsv'), { header: true })) {
    const concept = table.concept(known.get(id) ?? id, 'Disease', label);
    concepts.set(id, concept);
    table.name(concept, label, 'synonym');
  }
  for (const subset of ['cancer', 'infectious_disease', 'rare'])
    addSynonyms(table, concepts, join(folder, `src/ontology/subsets/DO_${subset}_slim.obo`));
}

function addSynonyms(table: TermTable, concepts: ReadonlyMap<string, ConceptRow>, file: string): void {
  let concept: ConceptRow | undefined;
  for (const line of lines(file)) {
    if (line.startsWith('id: ')) concept = concepts.get(line.slice(4));
    const synonym = /^synonym: "(.*)" EXACT/.exec(line)?.[1];
    if (concept && synonym !== undefined) table.name(concept, synonym, 'weak');
  }
}

/** Names of Mondo and of the Human Phenotype Ontology for identifiers of MeSH and OMIM. */
export function addFurtherDiseaseNames(table: TermTable, file: string): void {
  for (const [id = '', name = ''] of tsv(file)) {
    if (!/^(?:[CD]\d+|OMIM:\d+)$/.test(id)) continue;
    const concept = table.concept(id.startsWith('OMIM') ? id : `MESH:${id}`, 'Disease', name);
    table.name(concept, name, 'weak');
  }
}
