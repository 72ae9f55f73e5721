/** A terminology of a few concepts, built by the code that builds the one that ships. */
import { TermTable } from '../../scripts/terminology/termTable';
import { terminologyBytes } from '../../scripts/terminology/write';
import { Terminology } from '../../src/core/linking/terminology';
import { termKey } from '../../src/core/linking/termKey';
import type { NameRank } from '../../src/core/linking/terminologyFormat';
import type { EntityType } from '../../src/core/types';

type Row = readonly [id: string, type: EntityType, names: readonly string[], species?: string];

const mouse = 'NCBITaxon:10090';
const human = 'NCBITaxon:9606';
const rat = 'NCBITaxon:10116';
const fly = 'NCBITaxon:7227';

/** The first name is the preferred one. */
const rows: readonly Row[] = [
  ['MESH:D000077157', 'Chemical', ['Sorafenib', 'Nexavar', 'BAY 43-9006']],
  ['MESH:D003404', 'Chemical', ['Creatinine']],
  ['MESH:D001943', 'Disease', ['Breast Neoplasms', 'breast cancer', 'Cancer of Breast']],
  ['MESH:D010051', 'Disease', ['Ovarian Neoplasms', 'ovarian cancer']],
  ['MESH:D003924', 'Disease', ['Type 2 Diabetes Mellitus', 'type II diabetes']],
  ['MESH:D000740', 'Disease', ['Anemia']],
  ['MESH:D006528', 'Disease', ['Hepatocellular Carcinoma']],
  ['NCBIGene:3952', 'Gene', ['LEP', 'leptin'], human],
  ['NCBIGene:16846', 'Gene', ['Lep', 'ob'], mouse],
  ['NCBIGene:7157', 'Gene', ['TP53', 'p53'], human],
  ['NCBIGene:22059', 'Gene', ['Trp53', 'p53', 'Tp53'], mouse],
  ['NCBIGene:24842', 'Gene', ['Tp53', 'p53'], rat],
  ['NCBIGene:5594', 'Gene', ['MAPK1', 'ERK2'], human],
  ['NCBIGene:5595', 'Gene', ['MAPK3', 'ERK1'], human],
  ['NCBIGene:672', 'Gene', ['BRCA1'], human],
  ['NCBIGene:7454', 'Gene', ['WAS'], human],
  ['NCBIGene:41957', 'Gene', ['was'], fly],
  ['NCBIGene:50001', 'Gene', ['wasx'], fly],
  ['NCBIGene:2475', 'Gene', ['MTOR'], human],
  ['NCBIGene:56717', 'Gene', ['Mtor'], mouse],
  ['NCBIGene:6622', 'Gene', ['SNCA', 'PD1'], human],
  ['NCBIGene:5133', 'Gene', ['PDCD1', 'PD-1'], human],
  ['FPLX:ERK', 'Gene', ['ERK']],
  ['FPLX:RTK', 'Gene', ['RTK']],
  ['NCBIGene:5979', 'Gene', ['RET', 'RTK', 'receptor tyrosine kinase'], human],
  ['NCBIGene:7086', 'Gene', ['TKT', 'TK'], human],
  ['NCBIGene:613', 'Gene', ['BCR'], human],
  ['NCBIGene:25', 'Gene', ['ABL1', 'ABL'], human],
  ['NCBIGene:4513', 'Gene', ['COX2', 'COX-2', 'cytochrome c oxidase subunit II'], human],
  ['NCBIGene:5743', 'Gene', ['PTGS2', 'COX-2'], human],
  [mouse, 'Species', ['Mus musculus', 'mouse', 'mice']],
  [rat, 'Species', ['Rattus norvegicus', 'rat', 'rats']],
  [fly, 'Species', ['Drosophila melanogaster', 'fly', 'flies']],
  [human, 'Species', ['Homo sapiens', 'human']],
];

/** Words that a text writes in small letters. */
const words: ReadonlySet<string> = new Set(['was', 'leptin', 'mice', 'anemia', 'sorafenib']);

export function tinyTerminologyBytes(): Buffer {
  const table = new TermTable();
  for (const [id, type, names, species] of rows) {
    const concept = table.concept(id, type, names[0] ?? '', species);
    for (const [i, name] of names.entries()) {
      const rank: NameRank = i === 0 ? 'preferred' : 'synonym';
      table.name(concept, name, rank);
    }
  }
  // Enough further names for several blocks.
  for (let i = 0; i < 100; i += 1)
    table.name(table.concept(`MESH:C${i}`, 'Chemical', `compound ${i}`), `compound ${i}`, 'preferred');
  const description = {
    name: 'Tiny terminology',
    version: '0.1.0',
    sources: { MESH: 'MeSH', NCBIGene: 'NCBI Gene' },
    species: [
      { id: human, name: 'human' },
      { id: mouse, name: 'mouse' },
      { id: rat, name: 'rat' },
      { id: fly, name: 'fruit fly' },
    ],
  };
  return terminologyBytes(table, description, (key) => words.has(termKey(key)));
}

export function tinyTerminology(): Terminology {
  return Terminology.open(tinyTerminologyBytes());
}
