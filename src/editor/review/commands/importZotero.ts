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
    ...collectionItems(await source.collections(signal)),
  ];
  for (const { id, name } of await source.groups(signal)) {
    const collections = collectionItems(await source.collections(signal, id), id);
    const inGroup = collections.map((each) => ({ ...each, label: `${name} / ${each.label}` }));
    items.push({ label: name, query: { group: id } }, ...inGroup);
  }
  return items;
}

/** A collection is named with those around it: `Statins / Trials`. */
function collectionItems(collections: readonly ZoteroCollection[], group?: number): readonly LibraryItem[] {
  const byKey = new Map(collections.map((each) => [each.key, each]));
  const pathOf = ({ name, parent, key }: ZoteroCollection, seen: readonly string[] = []): string => {
    const around = parent === undefined || seen.includes(parent) ? undefined : byKey.get(parent);
    return around ? `${pathOf(around, [...seen, key])} / ${name}` : name;
  };
  const { compare } = new Intl.Collator(vscode.env.language, { numeric: true });
  return collections
    .map((each) => ({ label: pathOf(each), query: { group, collection: each.key } }))
    .sort((a, b) => compare(a.label, b.label));
}
