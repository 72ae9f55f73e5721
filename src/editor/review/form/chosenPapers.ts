import * as vscode from 'vscode';
import { isCancelled, throwIfCancelled } from '../../../core/errors';
import { isOwnReport } from '../../../core/curation/ownReport';
import type { ReviewRecord } from '../../../core/review/reviewData';
import { includedRecords, includedSoFar } from '../../../core/review/reviewState';
import { fileOfDocument } from '../../documents/paperUri';
import { supportedFiles } from '../../documents/supportedFiles';
import { describeError } from '../../log';
import type { Paper } from '../../questions/paper';
import type { ReviewParts } from '../../reviewAccess';
import { documentUri, isInWorkspace } from '../../workspace/workspaceFile';
import { repeatsReview } from '../repeatedFiles';
import type { ReviewTools } from '../reviewTools';
import { isPublication, papersOf, readFormDocument, type FormDocument } from './formPapers';

type Parts = Pick<ReviewParts, 'engine' | 'settings' | 'log'>;
type PaperTools = Pick<ReviewTools, 'session' | 'lookup'> & { readonly parts: Parts };

/** The paper of the active document at the caret. */
export async function paperAtCaret(
  editor: vscode.TextEditor,
  parts: Parts,
  signal: AbortSignal,
): Promise<readonly Paper[]> {
  const { document, selection } = editor;
  const papers = papersOf(await readFormDocument(document.uri, parts, signal));
  const caret = document.offsetAt(selection.active);
  return [papers.findLast(({ publication }) => publication.start <= caret) ?? papers[0]].flatMap(
    (paper) => paper ?? [],
  );
}

/** The papers of a scope, see {@link Review.papers}. */
export async function papersIn(
  tools: PaperTools,
  where: readonly vscode.Uri[] | 'folder' | 'included',
  signal: AbortSignal,
): Promise<readonly Paper[]> {
  if (where === 'folder') return papersOfFolder(tools, signal);
  if (where !== 'included') return papersOfDocuments(where, tools, signal);
  const { state } = await tools.session.open();
  const final = includedRecords(state);
  return papersOfRecords(final.length > 0 ? final : includedSoFar(state), tools, signal);
}

/** The papers and records in documents. Documents that cannot be read are logged and left out. */
async function papersOfDocuments(
  documents: readonly vscode.Uri[],
  { parts }: PaperTools,
  signal: AbortSignal,
): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  for (const uri of documents) {
    const document = await readIfPossible(uri, parts, signal);
    if (document) papers.push(...papersOf(document));
  }
  return papers;
}

/** All papers and records in the first folder. Documents that cannot be read are logged and left out. */
export async function papersOfFolder(tools: PaperTools, signal: AbortSignal): Promise<readonly Paper[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) return [];
  return readPapers(await supportedFiles(folder, tools.parts.settings.languages), tools, signal);
}

/**
 * The papers of records of a review. Of a record that several documents have, the full text is taken, or else the first
 * one. A record that no document has is left out.
 *
 * @param records The records whose papers are searched for, of the review.
 */
export async function papersOfRecords(
  records: readonly ReviewRecord[],
  tools: PaperTools,
  signal: AbortSignal,
): Promise<readonly Paper[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) return [];
  const inFolder = await supportedFiles(folder, tools.parts.settings.languages);
  const { sources } = (await tools.session.open()).state.settings;
  // An imported file may lie outside of the folder.
  const all = [...inFolder, ...sources.map(({ file }) => documentUri(file)).filter(isLocal)];
  const unique = new Map(all.map((uri) => [uri.toString(), uri]));
  const lookup = await tools.lookup.get();
  const wanted = new Set(records.map(({ id }) => id));
  const paperOf = new Map<string, Paper>();
  for (const paper of await readPapers([...unique.values()], tools, signal)) {
    const { id: citation, name: publication } = paper.publication;
    const record = lookup.find({ citation, publication });
    if (!record || !wanted.has(record.id)) continue;
    const known = paperOf.get(record.id);
    if (!known || (isFullText(paper) && !isFullText(known))) paperOf.set(record.id, paper);
  }
  return records.flatMap(({ id }) => paperOf.get(id) ?? []);
}

/** A review may come from somebody else and name a network share, to which Windows would send credentials. */
function isLocal(document: vscode.Uri): boolean {
  const { scheme, authority, path } = fileOfDocument(document);
  return isInWorkspace(document) || (scheme === 'file' && authority === '' && !path.startsWith('//'));
}

function isFullText({ format }: Paper): boolean {
  return format === 'paper' || format === 'jats' || format === 'cord19';
}

async function readPapers(
  documents: readonly vscode.Uri[],
  tools: PaperTools,
  signal: AbortSignal,
): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  for (const uri of documents) {
    const document = await readIfPossible(uri, tools.parts, signal);
    if (!document) continue;
    const { text, format } = document;
    // Copies of records say what the records say, and bibliographies are written anew.
    if (isOwnReport(text) || (await repeatsReview(tools, uri, text, format))) continue;
    papers.push(...papersOf(document).filter(isPublication));
  }
  return papers;
}

async function readIfPossible(
  uri: vscode.Uri,
  parts: Parts,
  signal: AbortSignal,
): Promise<FormDocument | undefined> {
  throwIfCancelled(signal);
  try {
    return await readFormDocument(uri, parts, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    parts.log.info(`${uri.path} was not read: ${describeError(error)}`);
    return undefined;
  }
}
