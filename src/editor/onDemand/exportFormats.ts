import * as vscode from 'vscode';
import type { ExportFormat } from '../../core/exports/annotationExport';

export interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
  /** File extension for one document. */
  readonly ending: string;
  /** File extension for a folder; undefined if each document is written to a separate file. */
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

/** Lets the user choose a format. @returns undefined if the user cancelled. */
export async function chooseFormat(placeHolder: string, isFolder: boolean): Promise<FormatItem | undefined> {
  const items = formats.map((each: FormatItem): FormatItem => {
    const files = each.folderEnding === undefined ? vscode.l10n.t('a file for each document') : '';
    const scope =
      each.format === 'pubtator' ? vscode.l10n.t('relations of names with an identifier only') : '';
    return { ...each, description: scope === '' && isFolder ? files : scope };
  });
  return vscode.window.showQuickPick(items, { placeHolder });
}

/** Returns the format with a name, for callers that give one as an argument. */
export function findFormat(name: unknown): FormatItem | undefined {
  return formats.find(({ format }) => format === name);
}
