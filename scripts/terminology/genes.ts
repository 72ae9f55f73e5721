import { join } from 'node:path';
import { csv, tsv } from './readers';
import type { TermTable } from './termTable';

/** Species whose genes are included. */
export const geneSpecies: ReadonlyMap<string, string> = new Map([
  ['9606', 'human'],
  ['10090', 'mouse'],
  ['10116', 'rat'],
  ['7955', 'zebrafish'],
  ['7227', 'fruit fly'],
  ['6239', 'C. elegans'],
  ['4932', 'baker’s yeast'],
  ['4896', 'fission yeast'],
  ['9031', 'chicken'],
  ['9913', 'cow'],
  ['9615', 'dog'],
  ['8364', 'Xenopus'],
  ['3702', 'Arabidopsis'],
]);

/** Symbols of loci that have no name of their own yet. */
const placeholder = /^(?:LOC\d+|Gm\d+|[A-Z\d]+Rik|si:.*|zgc:.*|CG\d+|im:\d+|.*-ps\d*)$/;

function taxon(species: string): string {
  return `NCBITaxon:${species}`;
}

/** Genes of NCBI Gene with symbols, synonyms and names. */
export function addGeneInfo(table: TermTable, file: string): void {
  for (const [species = '', id = '', symbol = '', synonyms = '', description = '', others = ''] of tsv(
    file,
  )) {
    if (!geneSpecies.has(species)) continue;
    const aliases = split(synonyms);
    if (placeholder.test(symbol) && aliases.length === 0) continue;
    const gene = table.concept(`NCBIGene:${id}`, 'Gene', symbol, taxon(species));
    table.name(gene, symbol, 'preferred');
    for (const alias of aliases) table.name(gene, alias, 'synonym');
    if (!isDescription(description)) table.name(gene, description, 'synonym');
    for (const other of split(others)) if (!isDescription(other)) table.name(gene, other, 'weak');
  }
}

function split(cell: string): string[] {
  return cell.split('|').filter((part) => part !== '' && part !== '-');
}

/** Whether a text describes a locus and does not name it. */
function isDescription(text: string): boolean {
  return (
    text.length > 60 ||
    /^(?:predicted|uncharacterized|hypothetical|RIKEN|novel|microRNA|pseudogene)\b|pseudogene|uncharacterized|LOC\d/i.test(
      text,
    )
  );
}

/** Names of the HUGO Gene Nomenclature Committee for human genes. @returns NCBI Gene ids by HGNC symbol and by UniProt id. */
export function addHgnc(
  table: TermTable,
  file: string,
): { symbols: Map<string, string>; proteins: Map<string, string> } {
  const [header = [], ...rows] = tsv(file);
  const column = (name: string) => header.indexOf(name);
  const [symbolAt, idAt, uniprotAt, nameAt] = ['symbol', 'entrez_id', 'uniprot_ids', 'name'].map(column);
  const furtherAt = ['alias_symbol', 'alias_name', 'prev_symbol', 'prev_name'].map(column);
  const symbols = new Map<string, string>();
  const proteins = new Map<string, string>();
  for (const row of rows) {
    const cell = (at: number | undefined) => row[at ?? -1] ?? '';
    const id = cell(idAt);
    if (id === '') continue;
    const gene = table.concept(`NCBIGene:${id}`, 'Gene', cell(symbolAt), taxon('9606'));
    table.name(gene, cell(symbolAt), 'preferred');
    table.name(gene, cell(nameAt), 'synonym');
    for (const at of furtherAt) for (const name of split(cell(at))) table.name(gene, name, 'synonym');
    symbols.set(cell(symbolAt), id);
    for (const protein of split(cell(uniprotAt))) proteins.set(protein, id);
  }
  return { symbols, proteins };
}

/** Symbols of further species, and for rats the names of the same gene in mice. */
export function addHomologues(table: TermTable, file: string): void {
  const groups = new Map<string, string>();
  const rats: { id: string; group: string }[] = [];
  for (const [group = '', symbol = '', species = '', id = ''] of tsv(file, { header: true })) {
    if (!geneSpecies.has(species) || placeholder.test(symbol)) continue;
    const gene = table.concept(`NCBIGene:${id}`, 'Gene', symbol, taxon(species));
    table.name(gene, symbol, 'preferred');
    if (species === '10090') groups.set(group, id);
    if (species === '10116') rats.push({ id, group });
  }
  const mouseIds = new Map(
    rats.flatMap(({ id, group }) => (groups.has(group) ? [[groups.get(group) ?? '', id] as const] : [])),
  );
  for (const senses of table.names.values()) {
    for (const { concept, rank, case: written, isPhrase } of [...senses.values()]) {
      const rat =
        concept.species === taxon('10090') ? mouseIds.get(concept.id.slice('NCBIGene:'.length)) : undefined;
      const gene = rat === undefined ? undefined : table.find('Gene', `NCBIGene:${rat}`);
      if (gene && !senses.has(gene))
        senses.set(gene, {
          concept: gene,
          rank: rank === 'preferred' ? 'synonym' : rank,
          case: written,
          isPhrase,
          learnt: 0,
        });
    }
  }
}

/** Families and complexes of FamPlex, and its names for single proteins. */
export function addFamilies(
  table: TermTable,
  folder: string,
  proteins: ReadonlyMap<string, string>,
  symbols: ReadonlyMap<string, string>,
): void {
  for (const [id = ''] of csv(join(folder, 'entities.csv'))) {
    const family = table.concept(`FPLX:${id}`, 'Gene', id.replaceAll('_', ' '));
    table.name(family, family.name, 'preferred');
  }
  for (const [name = '', database, id = ''] of csv(join(folder, 'grounding_map.csv'))) {
    const gene = database === 'UP' ? proteins.get(id) : database === 'HGNC' ? symbols.get(id) : undefined;
    const concept =
      database === 'FPLX' ? table.find('Gene', `FPLX:${id}`) : table.find('Gene', `NCBIGene:${gene ?? ''}`);
    if (concept) table.name(concept, name, 'synonym');
  }
}
