import type { DocumentFormat } from '../types';
import { mojibakeIn } from './mojibake';
import type { ParsedDocument } from './parse';
import { recognisedFormat } from './recognise';
import { isRecordFormat } from './recordFormats';

/**
 * Why a part of a document was not read as prose. `nothing`, `little`: of its characters, so many were read. `records`: of
 * its records, so many have a text that can be read. `outside`: of its characters, so many lie in records. `encoding`: of
 * its characters, so many were garbled by a wrong encoding; they are read as what was meant.
 */
export type UnreadReason = 'nothing' | 'little' | 'records' | 'outside' | 'encoding';

/** A share of a document that is too large to pass over in silence. */
export interface Unread {
  readonly reason: UnreadReason;
  readonly read: number;
  readonly total: number;
  readonly format: DocumentFormat;
  /** The format that the content looks like, if it is another. */
  readonly looksLike?: DocumentFormat | undefined;
}

/** The share of its characters that a document has as prose at least, by format. Others may have any share. */
const minShares: Readonly<Partial<Record<DocumentFormat, number>>> = {
  plain: 0.5,
  markdown: 0.2,
  latex: 0.15,
  typst: 0.15,
  restructuredtext: 0.15,
  asciidoc: 0.15,
  org: 0.15,
  paper: 0.3,
  jats: 0.03,
};

/** A document with fewer characters is too short for a share to mean anything. */
const minCharacters = 400;
/** A document with fewer letters may well have nothing to read. */
const minLetters = 20;
/** Share of a file of records that may lie outside of all records. */
const maxOutside = 0.3;
const minGarbled = 3;
/** Length of the beginning that is looked at to recognise another format, in characters. */
const recognisedLength = 100_000;

/** Finds what of a document was not read. The list is empty for what people write. */
export function unreadIn(parsed: ParsedDocument): readonly Unread[] {
  return [...unreadProse(parsed), ...garbledText(parsed)];
}

function unreadProse(parsed: ParsedDocument): Unread[] {
  const { text, format, segments, blocks } = parsed;
  const total = visible(isXml(format) ? text.replace(/<[^<>]*>/g, ' ') : text);
  const read = segments.reduce((sum, segment) => sum + visible(segment.text), 0);
  const found = (reason: UnreadReason, part: number, whole: number): Unread[] => [
    { reason, read: part, total: whole, format, ...(reason === 'records' ? {} : otherFormat(text, format)) },
  ];
  if (read === 0) return hasLetters(text) ? found('nothing', 0, visible(text)) : [];
  if (total >= minCharacters && read < total * (minShares[format] ?? 0)) return found('little', read, total);
  if (!isRecordFormat(format)) return [];
  const inside = blocks.reduce((sum, { start, end }) => sum + visible(text.slice(start, end)), 0);
  // Definitions and comments of BibTeX, and the head of XML, lie outside of records.
  const mayBeOutside = format === 'bibtex' || format === 'xml-records';
  const all = visible(text);
  if (!mayBeOutside && all >= minCharacters && all - inside > all * maxOutside)
    return found('outside', inside, all);
  const withText = blocks.filter(({ segments: count }) => count > 0).length;
  return withText < blocks.length ? found('records', withText, blocks.length) : [];
}

function garbledText({ text, format }: ParsedDocument): Unread[] {
  const garbled = mojibakeIn(text);
  return garbled < minGarbled ? [] : [{ reason: 'encoding', read: garbled, total: text.length, format }];
}

function otherFormat(text: string, format: DocumentFormat): { readonly looksLike?: DocumentFormat } {
  const looksLike = recognisedFormat(text.slice(0, recognisedLength));
  return looksLike === undefined || looksLike === format ? {} : { looksLike };
}

function isXml(format: DocumentFormat): boolean {
  return format === 'jats' || format === 'xml-records';
}

/** Number of characters that are no white space. */
export function visible(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 32) count += 1;
  return count;
}

function hasLetters(text: string): boolean {
  let letters = 0;
  for (const { 0: word } of text.matchAll(/\p{L}{1,40}/gu))
    if ((letters += word.length) >= minLetters) return true;
  return false;
}
