import { BioBertError } from '../core/errors';
import { unexpectedError } from '../runtime/documents/fileErrors';

/** The line on stderr: `biobert: file: what happened. What to do. (BBnnn)`. Never document text. */
export function errorLine(error: unknown, file?: string): string {
  const shown = error instanceof BioBertError ? error : unexpectedError(error);
  return `biobert: ${file === undefined ? '' : `${file}: `}${shown.userMessage}\n`;
}
