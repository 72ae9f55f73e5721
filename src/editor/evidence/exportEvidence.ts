import * as vscode from 'vscode';
import type { CitedEntry } from '../../core/curation/citedEvidence';
import type { Evidence } from '../../core/curation/evidenceFile';
import {
  evidenceCitations,
  evidenceCsv,
  evidenceMarkdown,
  type EvidenceWords,
} from '../../core/curation/evidenceExport';
import type { FormColumnName } from '../../core/curation/evidenceTopics';
import { extractionCsv } from '../../core/curation/extractionTable';
import { isOwnBibliography, withBibliography } from '../../core/curation/ownReport';
import type { EvidenceFormat } from '../../protocol/panel';
import type { ReviewAccess } from '../reviewAccess';
import { ownFile, stemOf, writeOwnFile } from '../workspace/ownFile';
import { chooseFile } from '../workspace/saveFile';

export interface ExportOptions {
  readonly format: EvidenceFormat;
  /** The columns of the extraction form. */
  readonly form: readonly FormColumnName[];
}

/**
 * Asks where to save the table, writes it, and opens the written file. A bibliography with all of its citations is
 * written beside Markdown.
 */
export async function exportEvidence(
  entries: readonly Evidence[],
  options: ExportOptions,
  review: Pick<ReviewAccess, 'load'>,
): Promise<void> {
  const { evidence, bibliography } = await review.load().cite(entries);
  const content = evidenceText(evidence, options);
  const name = fileNames[options.format];
  const isCsv = name.endsWith('.csv');
  const uri = await chooseFile(name);
  if (!uri) return;
  // Spreadsheet programs recognise UTF-8 by the byte order mark.
  const text = isCsv ? `\uFEFF${content}` : await withBibliographyBeside(uri, content, bibliography);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri, { preview: true });
}

const fileNames: Readonly<Record<EvidenceFormat, string>> = {
  csv: 'evidence.csv',
  markdown: 'evidence.md',
  citations: 'evidence-citations.md',
  extraction: 'extraction.csv',
};

async function withBibliographyBeside(
  uri: vscode.Uri,
  markdown: string,
  bibliography: string,
): Promise<string> {
  const file = await ownFile(stemOf(uri), '.bib', isOwnBibliography);
  await writeOwnFile(file, bibliography);
  return withBibliography(markdown, file.name);
}

function evidenceText(evidence: readonly CitedEntry[], { format, form }: ExportOptions): string {
  const words: EvidenceWords = {
    document: vscode.l10n.t('Document'),
    line: vscode.l10n.t('line {0}'),
    denied: vscode.l10n.t('negated'),
    speculative: vscode.l10n.t('speculative'),
    proposed: vscode.l10n.t('proposed'),
    title: vscode.l10n.t('Evidence'),
    foundBy: vscode.l10n.t('Found by {0}.'),
    person: vscode.l10n.t('a person'),
  };
  switch (format) {
    case 'csv':
      return evidenceCsv(evidence);
    case 'markdown':
      return evidenceMarkdown(evidence, words, form);
    case 'citations':
      return evidenceCitations(evidence, words, form);
    case 'extraction':
      return extractionCsv(evidence, form);
  }
}
