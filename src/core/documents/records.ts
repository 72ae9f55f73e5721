import type { DocumentFormat, Span } from '../types';

/** The span of one publication in a file that may contain many. */
export interface PublicationRecord extends Span {
  /** PubMed identifier, citation key or another identifier that the record states. */
  readonly id?: string;
  /** Offset at which the title begins; in some exports it follows the abstract. Markup of the title may precede it. */
  readonly titleStart?: number;
}

interface RecordPattern {
  /** Matches at the start of each record. */
  readonly start: RegExp;
  /** The first capture group is the identifier of the record; the first pattern that matches is used. */
  readonly ids: readonly RegExp[];
  /** Matches where the title begins. */
  readonly title: RegExp;
}

/** The repetitions are bounded, so that no file is slow. */
const patterns: Partial<Record<DocumentFormat, RecordPattern>> = {
  medline: { start: /^PMID-/gm, ids: [/^PMID- *(\d+)/m], title: /^TI {2}-/m },
  ris: {
    start: /^TY {2}-/gm,
    ids: [/^AN {2}- *(\S+)/m, /^DO {2}- *(\S+)/m, /^ID {2}- *(\S+)/m],
    title: /^(?:TI|T1) {2}-/m,
  },
  bibtex: {
    start: /^[ \t]*@(?!comment|string|preamble)\w+\s*[{(]/gim,
    ids: [/[{(]\s*([^\s,{}]{1,300})\s*,/],
    title: /^[ \t]*title\s*=/im,
  },
  jats: {
    start: /<(?:PubmedArticle|PubmedBookArticle|article)[\s>]/g,
    ids: [
      /<PMID[^<>]{0,1000}>\s*(\d+)/,
      /<article-id[^<>]{0,1000}pub-id-type="pmid"[^<>]{0,1000}>\s*(\d+)/,
      /<article-id[^<>]{0,1000}pub-id-type="pmc(?:id)?"[^<>]{0,1000}>\s*([^<\s]+)/,
      /<article-id[^<>]{0,1000}pub-id-type="doi"[^<>]{0,1000}>\s*([^<\s]+)/,
    ],
    title: /<(?:ArticleTitle|article-title)[\s>]/,
  },
};

/**
 * Offsets at which the publications of a file begin, as in {@link findRecords}. It is faster because it does not read
 * their identifiers.
 */
export function recordStarts(text: string, format: DocumentFormat): readonly number[] {
  const pattern = patterns[format];
  const starts = pattern === undefined ? [] : Array.from(text.matchAll(pattern.start), ({ index }) => index);
  return [0, ...starts.slice(1)];
}

/**
 * Finds the publications of a bibliographic file, for formats with one document per publication. A file in another
 * format, or without a record, is one record that covers the whole file.
 */
export function findRecords(text: string, format: DocumentFormat): readonly PublicationRecord[] {
  const pattern = patterns[format];
  const starts = pattern === undefined ? [] : [...text.matchAll(pattern.start)].map((match) => match.index);
  if (pattern === undefined || starts.length === 0) return [{ start: 0, end: text.length }];
  return starts.map((first, index) => {
    // Text before the first record belongs to it, so that the records cover the file.
    const start = index === 0 ? 0 : first;
    const end = starts[index + 1] ?? text.length;
    const record = text.slice(start, end);
    const id = pattern.ids
      .map((expression) => expression.exec(record)?.[1])
      .find((found) => found !== undefined);
    const title = pattern.title.exec(record)?.index;
    return {
      start,
      end,
      ...(id === undefined ? {} : { id }),
      ...(title === undefined ? {} : { titleStart: start + title }),
    };
  });
}
