import type { DocumentFormat } from '../../core/types';
import { textHash } from '../entities/taggedFiles';

/** Identifies what is indexed of a document. It differs for another text, format or version of the extension. */
export function contentKey(
  { text, format }: { readonly text: string; readonly format: DocumentFormat },
  version: string,
): string {
  return `${version} ${format} ${textHash(text)}`;
}
