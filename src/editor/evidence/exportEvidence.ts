import * as vscode from 'vscode';
import type { Evidence } from '../../core/curation/evidenceFile';
import {
  evidenceCitations,
  evidenceCsv,
  evidenceMarkdown,
  type EvidenceWords,
} from '../../core/curation/evidenceExport';
import type { EvidenceFormat } from '../../protocol/panel';
import { saveFile } from '../workspace/saveFile';

/** Asks where to save the table, writes it, and opens the written file. */
export async function exportEvidence(evidence: readonly Evidence[], format: EvidenceFormat): Promise<void> {
  const isCsv = format === 'csv';
  const content = evidenceText(evidence, format);
  const name = isCsv ? 'evidence.csv' : format === 'markdown' ? 'evidence.md' : 'evidence-citations.md';
  // Spreadsheet programs recognise UTF-8 by the byte order mark.
  const saved = await saveFile(name, new TextEncoder().encode(isCsv ? `\uFEFF${content}` : content));
  if (saved) await vscode.window.showTextDocument(saved, { preview: true });
}

function evidenceText(evidence: readonly Evidence[], format: EvidenceFormat): string {
  const words: EvidenceWords = {
    document: vscode.l10n.t('Document'),
    line: vscode.l10n.t('line {0}'),
    denied: vscode.l10n.t('negated'),
    speculative: vscode.l10n.t('speculative'),
    title: vscode.l10n.t('Evidence'),
    foundBy: vscode.l10n.t('Found by {0}.'),
    person: vscode.l10n.t('a person'),
  };
  switch (format) {
    case 'csv':
      return evidenceCsv(evidence);
    case 'markdown':
      return evidenceMarkdown(evidence, words);
    case 'citations':
      return evidenceCitations(evidence, words);
  }
}
