import type * as vscode from 'vscode';
import { publicationAt, wholeDocument } from '../../../core/records/publicationPlaces';
import { isPublished } from '../../../core/records/published';
import type { DocumentFormat, PublicationPlace } from '../../../core/types';
import type { PassagesResult } from '../../../protocol/engine';
import { checkedText, formatOfDocument, formatOfFile } from '../../documents/documents';
import { lineCounter } from '../../../core/documents/lineCounter';
import { fileOfDocument } from '../../documents/paperUri';
import { openDocument, readDocument } from '../../documents/readDocument';
import { sentenceLines } from '../../../core/documents/sentenceLines';
import type { Paper, PaperPassage } from '../../questions/paper';
import type { ReviewParts } from '../../reviewAccess';

/** A document with its passages and publications. */
export interface FormDocument extends Pick<PassagesResult, 'passages'> {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly format: DocumentFormat;
  /** In document order; they cover the document. */
  readonly publications: readonly PublicationPlace[];
}

type Parts = Pick<ReviewParts, 'engine' | 'settings'>;

/**
 * Reads a document, with unsaved changes if it is open.
 *
 * @throws {BioBertError} as {@link readDocument} and {@link formatOfFile}.
 */
export async function readFormDocument(
  uri: vscode.Uri,
  { engine, settings }: Parts,
  signal?: AbortSignal,
): Promise<FormDocument> {
  const open = openDocument(uri);
  const content = open?.getText() ?? (await readDocument(uri, { maxBytes: settings.maxFileBytes }));
  const text = checkedText(content, uri, settings.maxFileSizeMB);
  const format = open ? formatOfDocument(open, text) : formatOfFile(uri, text);
  const request = { document: uri.toString(), text, format, priority: 'interactive' as const };
  try {
    const { passages, publications } = await engine.passages(request, { signal });
    return { uri, text, format, passages, publications: publications ?? wholeDocument(text) };
  } finally {
    if (!open) engine.forget(uri.toString());
  }
}

/** The publications of a document that have text. */
export function papersOf({ uri, text, format, passages, publications }: FormDocument): readonly Paper[] {
  const lineAt = lineCounter(text);
  const byPlace = new Map<PublicationPlace, PaperPassage[]>();
  for (const passage of passages) {
    const publication = publicationAt(publications, passage.start);
    if (!publication) continue;
    const own = byPlace.get(publication) ?? [];
    own.push({ passage, sentenceLines: sentenceLines(passage, lineAt) });
    byPlace.set(publication, own);
  }
  return Array.from(byPlace, ([publication, own]) => ({ uri, format, publication, passages: own }));
}

/** Whether a paper is a publication, and no draft or note of the user. */
export function isPublication({ uri, format, publication }: Paper): boolean {
  return isPublished(fileOfDocument(uri).path, format, publication.name);
}
