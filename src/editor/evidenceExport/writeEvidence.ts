import * as vscode from 'vscode';
import type { CitedEvidence } from '../../core/curation/citedEvidence';
import { evidenceCitations, evidenceCsv, evidenceMarkdown } from '../../core/curation/evidenceExport';
import {
  evidenceGrid,
  evidenceList,
  evidenceWorkbook,
  type ExportedEntry,
} from '../../core/curation/evidenceOffice';
import type { FormColumnName } from '../../core/curation/evidenceTopics';
import { extractionCsv } from '../../core/curation/extractionTable';
import { isOwnBibliography, withBibliography } from '../../core/curation/ownReport';
import { BioBertError, errorCodes } from '../../core/errors';
import { writeExcel } from '../../runtime/officeFiles/excelFile';
import { writeWord } from '../../runtime/officeFiles/wordFile';
import type { EvidenceToExport } from '../evidence/exportLoader';
import type { ReviewAccess } from '../reviewAccess';
import { ownFile, stemOf, writeOwnFile } from '../workspace/ownFile';
import { chooseFile } from '../workspace/saveFile';
import { chooseEvidenceFormat, fileNameOf, formatNamed, type EvidenceFormat } from './evidenceFormats';
import { evidenceWords } from './evidenceWords';

/**
 * Asks for the format, if it is not given, and where to save the evidence; writes it and shows the file. A bibliography
 * with all of its citations is written beside Markdown.
 *
 * @param format The name of a format. The user chooses if there is none of this name.
 * @throws {BioBertError} ARGUMENT_INVALID if there is nothing to export.
 */
export async function exportEvidence(
  content: EvidenceToExport,
  review: Pick<ReviewAccess, 'load'>,
  format?: unknown,
): Promise<void> {
  if (content.pinned.length === 0 && content.unpinned.length === 0) throw nothingToExport();
  const hasForm = content.pinned.some(({ topic }) => topic.kind === 'form');
  const chosen = formatNamed(format) ?? (await chooseEvidenceFormat(hasForm));
  if (chosen === undefined) return;
  const uri = await chooseFile(fileNameOf(chosen));
  if (!uri) return;
  if (chosen === 'excel' || chosen === 'word' || chosen === 'wordTable') {
    const bytes = await officeFile(chosen, content, review);
    await vscode.workspace.fs.writeFile(uri, bytes);
    offerToOpen(uri);
    return;
  }
  const cited = await review.load().cite(content.pinned);
  const text = await textFile(chosen, uri, cited, content.form);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri, { preview: true });
}

async function officeFile(
  format: 'excel' | 'word' | 'wordTable',
  { pinned, unpinned, form }: EvidenceToExport,
  review: Pick<ReviewAccess, 'load'>,
): Promise<Uint8Array> {
  const all = [...pinned, ...unpinned.map(({ evidence }) => evidence)];
  const { evidence } = await review.load().cite(all);
  const entries = evidence.map((each, index): ExportedEntry => {
    const other = unpinned[index - pinned.length];
    return other ? { ...each, isPinned: false, isUnanswered: other.isUnanswered } : each;
  });
  const words = evidenceWords();
  if (format === 'excel') return writeExcel(evidenceWorkbook(entries, words, form));
  const write = format === 'word' ? evidenceList : evidenceGrid;
  return writeWord(write(entries, words, form));
}

async function textFile(
  format: Exclude<EvidenceFormat, 'excel' | 'word' | 'wordTable'>,
  uri: vscode.Uri,
  { evidence, bibliography }: CitedEvidence,
  form: readonly FormColumnName[],
): Promise<string> {
  const words = evidenceWords();
  switch (format) {
    case 'csv':
      return withByteOrderMark(evidenceCsv(evidence));
    case 'extraction':
      return withByteOrderMark(extractionCsv(evidence, form));
    case 'markdown':
      return withBibliographyBeside(uri, evidenceMarkdown(evidence, words, form), bibliography);
    case 'citations':
      return withBibliographyBeside(uri, evidenceCitations(evidence, words, form), bibliography);
  }
}

/** Spreadsheet programs recognise UTF-8 by the byte order mark. */
function withByteOrderMark(csv: string): string {
  return `\uFEFF${csv}`;
}

async function withBibliographyBeside(
  uri: vscode.Uri,
  markdown: string,
  bibliography: string,
): Promise<string> {
  const file = await ownFile(stemOf(uri), '.bib', isOwnBibliography);
  await writeOwnFile(file, bibliography);
  return withBibliography(markdown, file.name);
}

/** VS Code does not show Word and Excel files. The message stays until the user has seen it; nothing waits for it. */
function offerToOpen(uri: vscode.Uri): void {
  const open = vscode.l10n.t('Open');
  const name = uri.path.split('/').at(-1) ?? '';
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} is saved.', name), open).then((chosen) => {
    if (chosen === open) void vscode.env.openExternal(uri);
  });
}

function nothingToExport(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('There is no evidence to export.'),
    vscode.l10n.t('Pin a relation or an answer in the panel first.'),
  );
}
