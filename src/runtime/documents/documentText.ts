import { formatOf, headLength } from '../../core/documents/format';
import { decodeBytes } from '../../core/text/decodeBytes';
import type { DocumentFormat } from '../../core/types';
import { paperContent } from '../papers/paperKind';
import type { PaperReader } from '../papers/paperReader';
import { nameInGzip } from './gzip';

/** The text of a file. Offsets of mentions and answers refer to it. */
export interface DocumentText {
  readonly text: string;
  readonly format: DocumentFormat;
  /** Pages of a PDF that have no text, such as scanned ones, and the number of all its pages. Undefined for other files. */
  readonly pages?: { readonly total: number; readonly textless: readonly number[] } | undefined;
  /** How the bytes were decoded. Undefined for a PDF, Word or Excel file. */
  readonly decoded?:
    | {
        /** The label of the encoding in the WHATWG Encoding standard. */
        readonly encoding: string;
        /** Number of stretches of bytes that the encoding does not know. */
        readonly unreadable: number;
      }
    | undefined;
}

export interface DocumentTextOptions {
  /** Only its extension counts. Default: the content decides. */
  readonly fileName?: string | undefined;
  /** A language id of VS Code, such as `latex`. Default: by the name and the beginning of the file. */
  readonly languageId?: string | undefined;
  /** The encoding of a file without a byte order mark. Default: see {@link decodeBytes}. */
  readonly encoding?: string | undefined;
  readonly papers: PaperReader;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The text of a file: extracted from a PDF, Word or Excel file, which its content shows, whatever its name; otherwise decoded.
 * @throws {BioBertError} PAPER_SCANNED, PAPER_ENCRYPTED, PAPER_DAMAGED, PAPER_UNSUPPORTED, DOCUMENT_TOO_LARGE, if the text
 *   cannot be extracted. {@link CancelledError} after the signal aborts.
 */
export async function documentText(bytes: Uint8Array, options: DocumentTextOptions): Promise<DocumentText> {
  const { encoding, papers, signal } = options;
  const content = paperContent(bytes);
  if (content?.refusal) throw content.refusal;
  if (content) {
    const { text, format, pages, textlessPages = [] } = await papers.extract(bytes, content.kind, signal);
    return { text, format, ...(pages !== undefined && { pages: { total: pages, textless: textlessPages } }) };
  }
  const { text, ...decoded } = decodeBytes(bytes, encoding);
  return { text, format: textFormat(text, options), decoded };
}

/** The format of a text. @param hints By default the beginning of the text decides. */
export function textFormat(
  text: string,
  { languageId, fileName }: Pick<DocumentTextOptions, 'languageId' | 'fileName'>,
): DocumentFormat {
  if (languageId !== undefined) return formatOf({ languageId });
  const hints = fileName === undefined ? {} : { fileName: nameInGzip(fileName) };
  return formatOf({ ...hints, head: text.slice(0, headLength) });
}
