import { tsv } from './readers';
import type { TermTable } from './termTable';

/** Adds the taxa that `isNamed` knows from texts, and those with a common name. */
export function addTaxonomy(table: TermTable, file: string, isNamed: (name: string) => boolean): void {
  for (const [id = '', scientific = '', common = '', title = ''] of tsv(file, { header: true })) {
    const names = [common, title].filter((name) => name !== '' && name !== scientific);
    if (![scientific, ...names].some(isNamed)) continue;
    const taxon = table.concept(`NCBITaxon:${id}`, 'Species', scientific);
    table.name(taxon, scientific, 'preferred');
    for (const name of names) table.name(taxon, name, 'synonym');
    const [genus = '', epithet = '', third] = scientific.split(' ');
    if (/^[a-z-]{3,}$/.test(epithet) && third === undefined && isNamed(scientific))
      table.name(taxon, `${genus.charAt(0)}. ${epithet}`, 'weak');
  }
}

/** Adds names of organisms that the taxonomy file lacks, above all viruses. Columns: taxon, name, synonyms with `|` between them. */
export function addOrganisms(table: TermTable, file: string): void {
  for (const [id = '', name = '', synonyms = ''] of tsv(file, { header: true })) {
    const taxon = table.concept(`NCBITaxon:${id}`, 'Species', name);
    taxon.name = name;
    table.name(taxon, name, 'preferred');
    for (const synonym of synonyms.split('|')) if (synonym !== '') table.name(taxon, synonym, 'preferred');
  }
}
