import { join } from 'node:path';
import { tsv } from './readers';
import type { TermTable } from './termTable';

/** Names of the FDA's registry of substances (UNII) for chemicals of MeSH. */
export function addUnii(table: TermTable, file: string): void {
  for (const [id = '', name = ''] of tsv(file)) {
    // A substance of MeSH's supplementary records has no other source here, so its first name is preferred.
    const concept = table.concept(`MESH:${id}`, 'Chemical', name.toLowerCase());
    table.name(concept, name.length > 5 ? name.toLowerCase() : name, 'synonym');
  }
}

/** Names of ChEBI. A compound that MeSH knows is one concept with it. */
export function addChebi(table: TermTable, folder: string): void {
  const meshOf = new Map<string, string>();
  for (const [, mesh = '', meshName = '', database, id = '', name = ''] of tsv(
    join(folder, 'mesh_mappings.tsv'),
  )) {
    if (database !== 'CHEBI') continue;
    meshOf.set(id, mesh);
    const concept = table.concept(`MESH:${mesh}`, 'Chemical', meshName);
    table.name(concept, meshName, 'preferred');
    table.name(concept, name, 'synonym');
  }
  for (const [name = '', id = ''] of tsv(join(folder, 'bel_chebi_map.tsv'))) {
    const mesh = meshOf.get(id);
    const concept =
      mesh === undefined
        ? table.concept(id, 'Chemical', name)
        : table.concept(`MESH:${mesh}`, 'Chemical', name);
    table.name(concept, name, 'synonym');
  }
}
