import * as vscode from 'vscode';

/** The formats of an export of the evidence. */
export type EvidenceFormat = 'excel' | 'word' | 'wordTable' | 'csv' | 'markdown' | 'citations' | 'extraction';

const fileNames: Readonly<Record<EvidenceFormat, string>> = {
  excel: 'evidence.xlsx',
  word: 'evidence.docx',
  wordTable: 'evidence-table.docx',
  csv: 'evidence.csv',
  markdown: 'evidence.md',
  citations: 'evidence-citations.md',
  extraction: 'extraction.csv',
};

interface FormatItem extends vscode.QuickPickItem {
  readonly format: EvidenceFormat;
}

/** The name of the file that a format proposes. */
export function fileNameOf(format: EvidenceFormat): string {
  return fileNames[format];
}

/** Returns a format by its name, for callers that give one as an argument. */
export function formatNamed(name: unknown): EvidenceFormat | undefined {
  return typeof name === 'string' && Object.hasOwn(fileNames, name) ? (name as EvidenceFormat) : undefined;
}

/**
 * Lets the user choose a format.
 *
 * @param hasForm Whether there are values of the extraction form.
 * @returns undefined if the user cancelled.
 */
export async function chooseEvidenceFormat(hasForm: boolean): Promise<EvidenceFormat | undefined> {
  const items: readonly FormatItem[] = [
    {
      format: 'excel',
      label: vscode.l10n.t('Excel workbook'),
      description: '.xlsx',
      detail: vscode.l10n.t('A row for each sentence, and a sheet of papers by pairs and questions'),
    },
    {
      format: 'word',
      label: vscode.l10n.t('Word: list'),
      description: '.docx',
      detail: vscode.l10n.t('A list for each pair and question, with references'),
    },
    {
      format: 'wordTable',
      label: vscode.l10n.t('Word: table'),
      description: '.docx',
      detail: vscode.l10n.t('Papers by pairs and questions, with references'),
    },
    {
      format: 'csv',
      label: 'CSV',
      description: '.csv',
      detail: vscode.l10n.t('A row for each pinned sentence, for statistics programs'),
    },
    {
      format: 'citations',
      label: vscode.l10n.t('Markdown: list with citations'),
      description: '.md, .bib',
      detail: vscode.l10n.t('For Pandoc and Quarto, with a bibliography beside it'),
    },
    {
      format: 'markdown',
      label: vscode.l10n.t('Markdown: table'),
      description: '.md, .bib',
      detail: vscode.l10n.t('Papers by pairs and questions, with a bibliography beside it'),
    },
    ...(hasForm
      ? [
          {
            format: 'extraction' as const,
            label: vscode.l10n.t('Extraction form'),
            description: '.csv',
            detail: vscode.l10n.t('A row for each paper and a column for each field of the form'),
          },
        ]
      : []),
  ];
  const placeHolder = vscode.l10n.t('Format of the export');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.format;
}
