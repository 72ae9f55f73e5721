import * as vscode from 'vscode';
import { recordExports, recordsToExport, type RecordGroup } from '../../../core/review/exportRecords';
import { formatCount } from '../../entities/countLabels';
import { saveFile } from '../../workspace/saveFile';
import { updateBibliography } from '../bibliography';
import type { RunCommand } from '../reviewTools';

/** Writes records of the review, with the decisions about them, to a file for another program. */
export const run: RunCommand = async (tools) => {
  const { state } = await tools.session.open();
  const lookup = await tools.lookup.get();
  const groups = groupNames().map(([group, label]) => {
    const records = recordsToExport(state, lookup, group);
    return { group, label, description: formatCount(records.length), records };
  });
  const group = await vscode.window.showQuickPick(groups, {
    title: vscode.l10n.t('Export Records'),
    placeHolder: vscode.l10n.t('Choose the records'),
  });
  if (!group) return;
  const format = await vscode.window.showQuickPick(
    recordExports.map(({ name, extension, write }) => ({
      label: name,
      description: `.${extension}`,
      extension,
      write,
    })),
    { title: vscode.l10n.t('Export Records'), placeHolder: vscode.l10n.t('Choose the format') },
  );
  if (!format) return;
  const name = `records-${group.group}.${format.extension}`;
  const saved = await saveFile(name, new TextEncoder().encode(format.write(group.records)));
  if (!saved) return;
  await updateBibliography(tools, []);
  await vscode.window.showTextDocument(saved, { preview: true });
};

function groupNames(): readonly (readonly [RecordGroup, string])[] {
  return [
    ['all', vscode.l10n.t('All records, without duplicates')],
    ['include', vscode.l10n.t('Included')],
    ['exclude', vscode.l10n.t('Excluded')],
    ['maybe', vscode.l10n.t('Maybe')],
    ['undecided', vscode.l10n.t('Undecided')],
    ['everything', vscode.l10n.t('Everything that was imported, with duplicates')],
  ];
}
