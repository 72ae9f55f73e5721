import { join } from 'node:path';
import { tsv } from './readers';
import type { TermTable } from './termTable';

/** Trees of diseases: C diseases, F03 mental disorders. */
const diseaseTree = /^(?:C|F03)/;
/** Roots of the trees of diseases, which have no place in a tree themselves: Infections, Neoplasms … Mental Disorders. */
const diseaseRoots: ReadonlySet<string> = new Set(
  (
    'D007239 D009369 D009140 D004066 D009057 D012140 D010038 D009422 D005128 D000091642 D002318 D006425 D009358 ' +
    'D017437 D009750 D004700 D007154 D000820 D013568 D009784 D064419 D014947 D001523'
  ).split(' '),
);
/** Trees of chemicals, without those of enzymes, proteins and other gene products. */
const chemicalTree = /^D(?!08\.811|12\.776|12\.644\.276|23)/;
/** Monoclonal antibodies are drugs, although they are proteins. */
const antibodyTree = /^D12\.776\.124\.486\.485\.114/;

/** Adds the diseases and chemicals of MeSH with their entry terms. */
export function addMesh(table: TermTable, folder: string): void {
  const trees = treesOf(folder);
  for (const [id = '', term = '', kind] of termsOf(folder)) {
    const places = trees.get(id) ?? [];
    const types = [
      ...(diseaseRoots.has(id) || places.some((place) => diseaseTree.test(place)) ? ['Disease'] : []),
      ...(places.some((place) => chemicalTree.test(place) || antibodyTree.test(place)) ? ['Chemical'] : []),
    ];
    for (const type of types) {
      const concept = table.concept(`MESH:${id}`, type, upright(term));
      if (kind === 'P') concept.name = upright(term);
      table.name(concept, term, kind === 'P' ? 'preferred' : 'synonym');
      table.name(concept, upright(term), kind === 'P' ? 'preferred' : 'synonym');
    }
  }
}

/** `Breast Neoplasms, Male` → `Male Breast Neoplasms`. Names of compounds contain commas without a space after them. */
export function upright(term: string): string {
  const parts = term.split(', ');
  return parts.length === 2 && !/\d/.test(term) ? `${parts[1] ?? ''} ${parts[0] ?? ''}` : term;
}

/** The places of each descriptor in the trees of MeSH. */
function treesOf(folder: string): ReadonlyMap<string, readonly string[]> {
  const rows = tsv(join(folder, 'mesh2024_trees.tsv'), { header: true });
  return new Map(rows.map(([id = '', trees = '']) => [id, trees.split(',')]));
}

/** The terms of MeSH: descriptor, term, and `P` for the preferred one. */
function termsOf(folder: string): string[][] {
  return tsv(join(folder, 'mesh2024_terms.tsv'), { header: true });
}

/** Adds the entry terms of organisms to the taxa that have one of them as their scientific name. */
export function addMeshOrganisms(table: TermTable, folder: string): void {
  const names = new Map<string, string[]>();
  const trees = treesOf(folder);
  for (const [id = '', term = ''] of termsOf(folder)) {
    if (trees.get(id)?.some((place) => place.startsWith('B0')))
      names.set(id, [...(names.get(id) ?? []), term]);
  }
  const byName = new Map(
    [...table.concepts.values()].filter(({ type }) => type === 'Species').map((taxon) => [taxon.name, taxon]),
  );
  for (const terms of names.values()) {
    const taxon = terms.map((term) => byName.get(term)).find((found) => found !== undefined);
    if (taxon) for (const term of terms) table.name(taxon, term, 'synonym');
  }
}
