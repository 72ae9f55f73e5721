import type { BioBertError } from '../../core/errors';
import { encryptedOffice, unsupportedPaper } from './errors';
import type { PaperKind } from './paper';

/** The kind of a file by its content: a paper that can be read, a document that cannot, or anything else. */
export type FileContent =
  | { readonly kind: PaperKind; readonly refusal?: undefined }
  | { readonly kind?: undefined; readonly refusal: BioBertError }
  | undefined;

/** Bytes in which readers of PDF look for its first line; some programs write something before it. */
const pdfHeadBytes = 1024;
/** The list of a ZIP archive is not read beyond so many entries. */
const maxEntries = 5000;

/**
 * Recognises a paper by its content, whatever its name. Documents of other office programs are refused in words that
 * help.
 * @returns undefined for other content, such as text.
 */
export function paperContent(bytes: Uint8Array): FileContent {
  if (isPdf(bytes)) return { kind: 'pdf' };
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
    return { refusal: refuseOle(bytes) };
  if (startsWith(bytes, [0x7b, 0x5c, 0x72, 0x74, 0x66])) {
    return { refusal: unsupportedPaper('a document in Rich Text Format (.rtf)', saveAsDocx) };
  }
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) ? zipContent(bytes) : undefined;
}

const saveAsDocx = 'Open it in a word processor and save it as .docx or as text.';
const saveAsXlsx = 'Open it in a spreadsheet program and save it as .xlsx or .csv.';

function isPdf(bytes: Uint8Array): boolean {
  const head = latin1(bytes.subarray(0, pdfHeadBytes));
  return /%PDF-\d/.test(head);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** Old Office files and encrypted new ones are OLE containers, whose list of streams has names in UTF-16. */
function refuseOle(bytes: Uint8Array): BioBertError {
  const contains = (name: string) => indexOfBytes(bytes, utf16(name)) >= 0;
  if (contains('EncryptedPackage')) return encryptedOffice();
  if (contains('WordDocument')) return unsupportedPaper('an old Word document (.doc)', saveAsDocx);
  if (contains('Workbook') || contains('Book'))
    return unsupportedPaper('an old Excel workbook (.xls)', saveAsXlsx);
  if (contains('PowerPoint Document'))
    return unsupportedPaper('an old PowerPoint presentation (.ppt)', saveAsDocx);
  return unsupportedPaper('an old Office document', saveAsDocx);
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text).flatMap((character) => [character.charCodeAt(0), 0]));
}

function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(wanted);
}

function zipContent(bytes: Uint8Array): FileContent {
  const names = zipNames(bytes);
  if (names.has('word/document.xml') || (names.has('_rels/.rels') && hasPrefix(names, 'word/document')))
    return { kind: 'docx' };
  if (names.has('xl/workbook.xml')) return { kind: 'xlsx' };
  if (hasPrefix(names, 'ppt/')) {
    return {
      refusal: unsupportedPaper(
        'a PowerPoint presentation (.pptx)',
        'Copy its text to a .docx or .txt file.',
      ),
    };
  }
  if (names.has('xl/workbook.bin'))
    return { refusal: unsupportedPaper('a binary Excel workbook (.xlsb)', saveAsXlsx) };
  const head = latin1(bytes.subarray(0, 200));
  if (head.includes('application/vnd.oasis.opendocument.spreadsheet')) {
    return { refusal: unsupportedPaper('an OpenDocument spreadsheet (.ods)', saveAsXlsx) };
  }
  if (head.includes('application/vnd.oasis.opendocument')) {
    return { refusal: unsupportedPaper('an OpenDocument file (.odt)', saveAsDocx) };
  }
  if (names.has('Index/Document.iwa')) return { refusal: unsupportedPaper('a Pages document', saveAsDocx) };
  if (head.includes('application/epub+zip')) {
    return { refusal: unsupportedPaper('an e-book (.epub)', 'Convert it to .docx, .html or text.') };
  }
  return undefined;
}

function hasPrefix(names: ReadonlySet<string>, prefix: string): boolean {
  return [...names].some((name) => name.startsWith(prefix));
}

/** The names in the list at the end of a ZIP archive; empty if the archive is damaged. */
function zipNames(bytes: Uint8Array): Set<string> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = data.lastIndexOf('PK\u0005\u0006', data.length, 'latin1');
  const names = new Set<string>();
  if (end < 0 || end + 20 > data.length) return localNames(data);
  let at = data.readUInt32LE(end + 16);
  while (at + 46 <= data.length && data.readUInt32LE(at) === 0x02014b50 && names.size < maxEntries) {
    const length = data.readUInt16LE(at + 28);
    names.add(data.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return names.size > 0 ? names : localNames(data);
}

/** The names before the first entries of an archive that was cut off, so that the message says what it was. */
function localNames(data: Buffer): Set<string> {
  const names = new Set<string>();
  for (let at = 0; at >= 0 && at + 30 <= data.length && names.size < maxEntries;) {
    const length = data.readUInt16LE(at + 26);
    names.add(data.toString('utf8', at + 30, at + 30 + length));
    at = data.indexOf('PK\u0003\u0004', at + 30 + length, 'latin1');
  }
  return names;
}
