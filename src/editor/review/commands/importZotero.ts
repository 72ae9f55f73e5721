import * as vscode from 'vscode';
import { type ZoteroCollection, zotero } from '../../../runtime/literature/zotero';
import { withCancel } from '../../progress';
import { downloadRecords } from '../downloadRecords';
import type { RunCommand } from '../reviewTools';

interface CollectionItem extends vscode.QuickPickItem {
  readonly collection?: string;
}

/** Imports a collection of the Zotero that runs on this computer, or its whole library. */
export const run: RunCommand = async (tools) => {
  await tools.session.open();
  const source = zotero({ ...tools.addresses.zotero });
  const collections = await withCancel(vscode.l10n.t('Asking Zotero for its collections'), (signal) =>
    source.collections(signal),
  );
  const whole: CollectionItem = { label: vscode.l10n.t('The whole library') };
  const picked = await vscode.window.showQuickPick<CollectionItem>([whole, ...itemsOf(collections)], {
    title: vscode.l10n.t('Import from {0}', 'Zotero'),
    placeHolder: vscode.l10n.t('Which collection?'),
    ignoreFocusOut: true,
  });
  if (!picked) return;
  const { collection, label } = picked;
  await downloadRecords(tools, {
    source,
    query: collection === undefined ? {} : { collection },
    words: label,
    kind: 'other',
  });
};

/** A collection is named with those around it: `Statins / Trials`. */
function itemsOf(collections: readonly ZoteroCollection[]): readonly CollectionItem[] {
  const byKey = new Map(collections.map((each) => [each.key, each]));
  const pathOf = ({ name, parent, key }: ZoteroCollection, seen: readonly string[] = []): string => {
    const around = parent === undefined || seen.includes(parent) ? undefined : byKey.get(parent);
    return around ? `${pathOf(around, [...seen, key])} / ${name}` : name;
  };
  const { compare } = new Intl.Collator(vscode.env.language, { numeric: true });
  return collections
    .map((each) => ({ label: pathOf(each), collection: each.key }))
    .sort((a, b) => compare(a.label, b.label));
}
