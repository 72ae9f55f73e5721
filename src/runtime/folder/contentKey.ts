import { createHash } from 'node:crypto';
import type { DocumentFormat } from '../../core/types';

/** Identifies what is indexed of a document. It differs for another text, format or version of the extension. */
export function contentKey(
  { text, format }: { readonly text: string; readonly format: DocumentFormat },
  version: string,
): string {
  return `${version} ${format} ${textHash(text)}`;
}

/** Identifies a text. */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('base64');
}
