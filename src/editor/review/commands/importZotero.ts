import * as vscode from 'vscode';
import {
  type ZoteroCollection,
  zotero,
  type ZoteroQuery,
  type ZoteroSource,
} from '../../../runtime/literature/zotero';
import { withCancel } from '../../progress';
import { downloadRecords } from '../downloadRecords';
import type { RunCommand } from '../reviewTools';

interface LibraryItem extends vscode.QuickPickItem {
  readonly query: ZoteroQuery;
}

/** Imports a library of the Zotero that runs on this computer, the user's own or that of a group, or one collection. */
export const run: RunCommand = async (tools) => {
  await tools.session.open();
  const source = zotero({ ...tools.addresses.zotero });
  const items = await withCancel(vscode.l10n.t('Asking Zotero for its collections'), (signal) =>
    libraryItems(source, signal),
  );
  const picked = await vscode.window.showQuickPick<LibraryItem>(items, {
    title: vscode.l10n.t('Import from {0}', 'Zotero'),
    placeHolder: vscode.l10n.t('Which collection?'),
    ignoreFocusOut: true,
  });
  if (!picked) return;
  const { query, label } = picked;
  await downloadRecords(tools, { source, query, words: label, kind: 'other' });
};

/** The user's own library with its collections, then those of each group. */
async function libraryItems(source: ZoteroSource, signal: AbortSignal): Promise<readonly LibraryItem[]> {
  const items: LibraryItem[] = [
    { label: vscode.l10n.t('The whole library'), query: {} },
    ...collectionItems(await source.collections(signal), {}),
  ];
  for (const { id, name } of await source.groups(signal)) {
    const collections = await source.collections(signal, id);
    items.push({ label: name, query: { group: id } }, ...collectionItems(collections, { group: id, name }));
  }
  return items;
}

/** A collection is named with those around it: `Statins / Trials`, and `Group / Statins / Trials` in a group. */
function collectionItems(
  collections: readonly ZoteroCollection[],
  { group, name: library }: { readonly group?: number; readonly name?: string },
): readonly LibraryItem[] {
  const byKey = new Map(collections.map((each) => [each.key, each]));
  const pathOf = ({ name, parent, key }: ZoteroCollection, seen: readonly string[] = []): string => {
    const around = parent === undefined || seen.includes(parent) ? library : byKey.get(parent);
    if (around === undefined) return name;
    return `${typeof around === 'string' ? around : pathOf(around, [...seen, key])} / ${name}`;
  };
  const { compare } = new Intl.Collator(vscode.env.language, { numeric: true });
  return collections
    .map((each) => ({ label: pathOf(each), query: { group, collection: each.key } }))
    .sort((a, b) => compare(a.label, b.label));
}
