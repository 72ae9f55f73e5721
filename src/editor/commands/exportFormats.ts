import * as vscode from 'vscode';
import type { ExportFormat } from '../../core/formats/annotationExport';

export interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
  /** Of a file that holds one document, and of one that holds a folder's; undefined: a folder of files. */
  readonly ending: string;
  readonly folderEnding: string | undefined;
}

const formats = [
  { label: 'BioC JSON', format: 'bioc', ending: 'bioc.json', folderEnding: 'bioc.json' },
  { label: 'PubTator', format: 'pubtator', ending: 'pubtator.txt', folderEnding: 'pubtator.txt' },
  { label: 'brat standoff', format: 'brat', ending: 'ann', folderEnding: undefined },
  {
    label: 'W3C Web Annotation',
    format: 'webAnnotation',
    ending: 'annotations.jsonld',
    folderEnding: undefined,
  },
  { label: 'CSV', format: 'csv', ending: 'annotations.csv', folderEnding: 'annotations.csv' },
] as const satisfies readonly FormatItem[];

/** @returns undefined when the user thought better of it. */
export async function chooseFormat(placeHolder: string, isFolder: boolean): Promise<FormatItem | undefined> {
  const items = formats.map((each: FormatItem): FormatItem => {
    const files = each.folderEnding === undefined ? vscode.l10n.t('a file for each document') : '';
    const scope = each.format === 'pubtator' ? vscode.l10n.t('entities only') : '';
    return { ...each, description: scope === '' && isFolder ? files : scope };
  });
  return vscode.window.showQuickPick(items, { placeHolder });
}

/** For callers that name the format themselves. */
export function formatNamed(name: unknown): FormatItem | undefined {
  return formats.find(({ format }) => format === name);
}
