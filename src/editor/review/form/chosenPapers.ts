import * as vscode from 'vscode';
import { isCancelled, throwIfCancelled } from '../../../core/errors';
import { recordFinder } from '../../../core/review/recordFinder';
import type { ReviewState } from '../../../core/review/reviewState';
import type { ReviewRecord } from '../../../core/review/reviewData';
import { supportedFiles } from '../../documents/supportedFiles';
import { describeError } from '../../log';
import type { ReviewParts } from '../../reviewAccess';
import { documentPath, documentUri } from '../../workspace/workspaceFile';
import { isPublication, papersOf, readFormDocument, type FormPaper } from './formPapers';

type Parts = Pick<ReviewParts, 'engine' | 'settings' | 'log'>;

/** The paper of the active document at the caret. */
export async function paperAtCaret(
  editor: vscode.TextEditor,
  parts: Parts,
  signal: AbortSignal,
): Promise<readonly FormPaper[]> {
  const { document, selection } = editor;
  const papers = papersOf(await readFormDocument(document.uri, parts, signal));
  const caret = document.offsetAt(selection.active);
  return [papers.findLast(({ publication }) => publication.start <= caret) ?? papers[0]].flatMap(
    (paper) => paper ?? [],
  );
}

/** All papers and records in the first folder. Documents that cannot be read are logged and left out. */
export async function papersOfFolder(parts: Parts, signal: AbortSignal): Promise<readonly FormPaper[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) return [];
  return readPapers(await supportedFiles(folder, parts.settings.languages), parts, signal);
}

/**
 * The papers of records of a review. Of a record that several documents have, the full text is taken, or else the first
 * one. A record that no document has is left out.
 *
 * @param records The records whose papers are searched for, of the review.
 */
export async function papersOfRecords(
  records: readonly ReviewRecord[],
  { settings: { sources } }: ReviewState,
  parts: Parts,
  signal: AbortSignal,
): Promise<readonly FormPaper[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) return [];
  const inFolder = await supportedFiles(folder, parts.settings.languages);
  // An imported file may lie outside of the folder.
  const all = [...inFolder, ...sources.map(({ file }) => documentUri(file))];
  const unique = new Map(all.map((uri) => [uri.toString(), uri]));
  const find = recordFinder(records, sources);
  const paperOf = new Map<ReviewRecord, FormPaper>();
  for (const paper of await readPapers([...unique.values()], parts, signal)) {
    const record = find(paper.publication, documentPath(paper.uri.toString()));
    if (!record) continue;
    const known = paperOf.get(record);
    if (!known || (isFullText(paper) && !isFullText(known))) paperOf.set(record, paper);
  }
  return records.flatMap((record) => paperOf.get(record) ?? []);
}

function isFullText({ format }: FormPaper): boolean {
  return format === 'paper' || format === 'jats' || format === 'cord19';
}

async function readPapers(
  documents: readonly vscode.Uri[],
  parts: Parts,
  signal: AbortSignal,
): Promise<readonly FormPaper[]> {
  const papers: FormPaper[] = [];
  for (const uri of documents) {
    throwIfCancelled(signal);
    try {
      for (const paper of papersOf(await readFormDocument(uri, parts, signal)))
        if (isPublication(paper)) papers.push(paper);
    } catch (error) {
      if (isCancelled(error)) throw error;
      parts.log.info(`${uri.path} was not read for the extraction form. ${describeError(error)}`);
    }
  }
  return papers;
}
