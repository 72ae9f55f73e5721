import * as vscode from 'vscode';
import type { Evidence } from '../../core/curation/evidenceFile';
import {
  evidenceCitations,
  evidenceCsv,
  evidenceMarkdown,
  type EvidenceWords,
} from '../../core/curation/evidenceExport';
import type { FormColumnName } from '../../core/curation/evidenceTopics';
import { extractionCsv } from '../../core/curation/extractionTable';
import type { EvidenceFormat } from '../../protocol/panel';
import { saveFile } from '../workspace/saveFile';

/** Asks where to save the table, writes it, and opens the written file. */
export async function exportEvidence(
  evidence: readonly Evidence[],
  form: readonly FormColumnName[],
  format: EvidenceFormat,
): Promise<void> {
  const name = fileNames[format];
  const isCsv = name.endsWith('.csv');
  const content = evidenceText(evidence, form, format);
  // Spreadsheet programs recognise UTF-8 by the byte order mark.
  const saved = await saveFile(name, new TextEncoder().encode(isCsv ? `\uFEFF${content}` : content));
  if (saved) await vscode.window.showTextDocument(saved, { preview: true });
}

const fileNames: Readonly<Record<EvidenceFormat, string>> = {
  csv: 'evidence.csv',
  markdown: 'evidence.md',
  citations: 'evidence-citations.md',
  extraction: 'extraction.csv',
};

function evidenceText(
  evidence: readonly Evidence[],
  form: readonly FormColumnName[],
  format: EvidenceFormat,
): string {
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
