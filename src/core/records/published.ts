import { recordFormats } from '../documents/recordFormats';
import type { DocumentFormat } from '../types';

/** Formats whose files hold publications or records of publications. It imports no parser, so the editor can use it. */
export const publicationFormats = [
  ...recordFormats,
  'cord19',
  'jats',
  'paper',
] as const satisfies readonly DocumentFormat[];

export type PublicationFormat = (typeof publicationFormats)[number];

/** Files of word processors, which hold drafts even if they look like papers. */
const wordProcessor = /\.(?:docx?|odt|rtf)$/i;

/** Pages that a browser saved or that Pandoc and other programs made of a draft. Only their publication tells. */
const page = /\.x?html?$/i;

/**
 * Whether a document is a publication or holds records of publications, and is no draft or note of the user.
 *
 * @param publication The name of a publication that was found in it. Default: only file name and format count, and pages are
 *   drafts.
 */
export function isPublished(fileName: string, format: DocumentFormat, publication?: string): boolean {
  const isPublication = (publicationFormats as readonly DocumentFormat[]).includes(format);
  if (wordProcessor.test(fileName)) return false;
  return publication !== undefined || (isPublication && !page.test(fileName));
}
