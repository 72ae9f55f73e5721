/** A document that is one publication: a paper, or a text that the user chose. */
import { readRecords } from '../records/readRecords';
import type { DocumentFormat } from '../types';
import { referenceOf } from './records';
import type { Reference } from './reviewData';

/** A longer first line is a paragraph. */
const maxTitleLength = 300;
/** A longer text is no abstract. */
const maxAbstractLength = 5000;

const abstractHeading = /^#{1,6}[ \t]*(?:Abstract|Summary)\b[^\n]*$/im;

/**
 * The reference of a document that is one publication. The title of a paper is its first long heading, that of another
 * text its first line, else the name of the file. The abstract is the text below the heading `Abstract`; without one, the
 * rest of a short text.
 */
export function documentReference(text: string, format: DocumentFormat, fileName: string): Reference {
  const unix = text.replace(/\r\n?/g, '\n');
  const stated = format === 'paper' ? readRecords(unix, 'paper')[0] : undefined;
  const first = format === 'paper' ? undefined : firstLine(unix);
  const empty: Reference = { authors: [], keywords: [], types: [] };
  return {
    ...(stated ? referenceOf(stated) : empty),
    title: stated?.title ?? first?.title ?? nameWithoutExtension(fileName),
    abstract: abstractBelowHeading(unix) ?? (first && shortText(unix.slice(first.end))),
  };
}

/** The title, if the first line can be one, and where the text after it begins. */
function firstLine(text: string): { readonly title: string | undefined; readonly end: number } {
  const match = /^\s*(?:#{1,6}[ \t]+|=+[ \t]+)?(\S[^\n]*)/.exec(text);
  const line = match?.[1]?.trim() ?? '';
  if (!match || line.length > maxTitleLength) return { title: undefined, end: 0 };
  return { title: line, end: match[0].length };
}

function abstractBelowHeading(text: string): string | undefined {
  const heading = abstractHeading.exec(text);
  if (!heading) return undefined;
  const rest = text.slice(heading.index + heading[0].length);
  const next = /^#{1,6}[ \t]/m.exec(rest);
  return shortText(next ? rest.slice(0, next.index) : rest);
}

function shortText(text: string): string | undefined {
  const folded = text
    .replace(/^\[Page \d+\]$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return folded === '' || folded.length > maxAbstractLength ? undefined : folded;
}

function nameWithoutExtension(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return name.replace(/(?<=.)\.[^.]+$/, '');
}
