import type { Segment, Span } from '../types';
import { Segments, type BlockParser, type Cut } from './blocks';
import { addressMasks, masksOf, ordered } from './masks';
import { SegmentBuilder, type Mask } from './segmentBuilder';

/**
 * The meaning of a field of a bibliographic record. `otherTitle` is the title of a translation, a book or a series, `body`
 * the text of a paper, and `key` the key by which an author cites it.
 */
export type FieldKind =
  | 'title'
  | 'otherTitle'
  | 'abstract'
  | 'body'
  | 'keyword'
  | 'note'
  | 'author'
  | 'date'
  | 'journal'
  | 'volume'
  | 'issue'
  | 'pages'
  | 'doi'
  | 'pmid'
  | 'pmcid'
  | 'type'
  | 'database'
  | 'key'
  | 'id'
  | 'url';

/** A field of a record. Its value may extend over several lines, or be a sum of strings. */
export interface SourceField {
  readonly kind: FieldKind;
  /** The places of the value in document order, without tags and delimiters. */
  readonly parts: readonly Span[];
  /** The text that {@link fieldText} writes between two parts. Default: a space. Prose has either a space or nothing. */
  readonly separator?: string;
}

/** The syntax of a format that consists of bibliographic records. Each block is one record. */
export interface RecordSyntax {
  /** Splits a file into one block per record. */
  cut(text: string): readonly Cut[];
  /** The fields of one record in document order; offsets count from 0 in `source`. */
  fields(source: string, context: string): Iterable<SourceField>;
  /** Adds the value at `part` to `segments`, with its markup decoded. */
  read(segments: Segments, source: string, part: Span, context: string): void;
}

/** A parser of records; {@link RecordSyntax} also gives the fields that are not prose, such as the authors. */
export interface RecordParser extends BlockParser, RecordSyntax {}

/** Fields whose values are sentences or terms. */
const proseKinds: ReadonlySet<FieldKind> = new Set([
  'title',
  'otherTitle',
  'abstract',
  'body',
  'keyword',
  'note',
]);

/** Makes a parser that reads the prose fields of each record, one segment or more for each field. */
export function recordParser(syntax: RecordSyntax): RecordParser {
  return {
    ...syntax,
    parse(source, context) {
      const segments = new Segments(new SegmentBuilder(source, fieldMasks(source)));
      for (const field of syntax.fields(source, context)) {
        if (proseKinds.has(field.kind)) readField(segments, source, field, context, syntax);
      }
      return segments.finish();
    },
  };
}

/** The value of a field as a reader sees it; its paragraphs are joined by spaces. */
export function fieldText(source: string, field: SourceField, context: string, syntax: RecordSyntax): string {
  const texts = (parts: readonly Span[]): string => {
    const segments = new Segments(new SegmentBuilder(source));
    readField(segments, source, { ...field, parts }, context, syntax);
    return textOf(segments.finish());
  };
  const { parts, separator } = field;
  return separator === undefined ? texts(parts) : parts.map((part) => texts([part])).join(separator);
}

/** The texts of segments, joined by spaces. */
export function textOf(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text.trim()).join(' ');
}

function readField(
  segments: Segments,
  source: string,
  { parts, separator }: SourceField,
  context: string,
  syntax: RecordSyntax,
): void {
  let passed: number | undefined;
  for (const part of parts) {
    if (passed !== undefined && separator !== '') segments.builder.space(passed, part.start);
    syntax.read(segments, source, part, context);
    passed = part.end;
  }
  segments.break();
}

/** Copyright notices that databases and publishers append to abstracts. */
const copyrightNotices = [
  /\(PsycINFO\s+Database\s+Record\s+\(c\)[^()]{0,80}\)(?:\s+\(journal\s+abstract\))?/gi,
  /(?:Copyright\s+)?©\s*(?:Copyright\s+)?(?:The\s+Authors?(?:\(s\))?,?\s+)?(?:19|20)\d\d\b[^.©\r\n]{0,100}\.?(?:\s+All\s+rights\s+reserved\.)?/g,
];

function fieldMasks(source: string): Mask[] {
  return ordered([...addressMasks(source), ...masksOf(source, copyrightNotices)]);
}
