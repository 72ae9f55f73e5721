import { parseDocument, type ParsedDocument } from '../../core/documents/parse';
import { segmentSpan } from '../../core/documents/place';
import { firstWhere } from '../../core/firstWhere';
import type { DocumentFormat, Segment, Span } from '../../core/types';

const keptDocuments = 8;
/**
 * Maximum length of all cached texts together. It keeps memory limited, since a parsed document takes several times the
 * memory of its text. The latest document is kept whatever its length.
 */
const keptCharacters = 20_000_000;

/** Keeps the latest documents in parsed form. If a text was edited, only its changed parts are parsed again. */
export class DocumentCache {
  private readonly documents = new Map<string, ParsedDocument>();

  parse(document: string, text: string, format: DocumentFormat): ParsedDocument {
    const known = this.documents.get(document);
    const previous = known?.format === format ? known : undefined;
    const parsed = previous?.text === text ? previous : parseDocument(text, format, previous);
    this.documents.delete(document);
    this.documents.set(document, parsed);
    this.dropOldest();
    return parsed;
  }

  forget(document: string): void {
    this.documents.delete(document);
  }

  clear(): void {
    this.documents.clear();
  }

  private dropOldest(): void {
    let characters = 0;
    for (const { text } of this.documents.values()) characters += text.length;
    for (const [document, { text }] of this.documents) {
      const fits = this.documents.size <= keptDocuments && characters <= keptCharacters;
      if (fits || this.documents.size === 1) return;
      this.documents.delete(document);
      characters -= text.length;
    }
  }
}

/**
 * @returns the segments that touch the range, and the range widened to these segments. An empty range at the border of a
 *   segment touches it.
 */
export function segmentsIn(
  { text, segments }: ParsedDocument,
  range: Span | undefined,
): { readonly segments: readonly Segment[]; readonly covered: Span } {
  if (!range) return { segments, covered: { start: 0, end: text.length } };
  const first = firstWhere(segments, (segment) => segmentSpan(segment).end >= range.start);
  const last = firstWhere(segments, (segment) => segmentSpan(segment).start > range.end);
  const touched = segments.slice(first, last);
  let { start, end } = range;
  for (const span of [touched.at(0), touched.at(-1)].map((segment) => segment && segmentSpan(segment))) {
    start = Math.min(start, span?.start ?? start);
    end = Math.max(end, span?.end ?? end);
  }
  return { segments: touched, covered: { start, end: Math.min(end, text.length) } };
}
