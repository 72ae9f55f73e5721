import type { Segment, Span } from '../types';
import { linesOf, Segments, type Cut } from './blocks';
import { addressMasks, masksOf, ordered } from './masks';
import { SegmentBuilder } from './segmentBuilder';

/** A format with lines `TAG - value`; a line without a tag continues the value before it. */
export interface TaggedFormat {
  /** Matches a line with a tag: the first group is the tag, the whole match ends where the value begins. */
  readonly line: RegExp;
  /** Tags whose values are sentences or terms. */
  readonly proseTags: ReadonlySet<string>;
  /** Tags in which every line is a separate term. */
  readonly lists?: ReadonlySet<string>;
  /** Tags that begin a record. */
  readonly firstTags: ReadonlySet<string>;
  /** The spans of a line's value that are prose. Default: the whole value. */
  readonly parts?: (tag: string, value: string) => readonly Span[] | undefined;
}

/** Splits a file into one block per record. */
export function cutRecords(text: string, format: TaggedFormat): Cut[] {
  const cuts: Cut[] = [];
  let start = 0;
  for (const line of linesOf(text)) {
    const tag = format.line.exec(text.slice(line.start, Math.min(line.end, line.start + 20)))?.[1];
    if (tag === undefined || !format.firstTags.has(tag) || line.start === start) continue;
    cuts.push({ start, end: line.start, context: '' });
    start = line.start;
  }
  if (start < text.length) cuts.push({ start, end: text.length, context: '' });
  return cuts;
}

/** Copyright notices that databases and publishers append to abstracts. */
const copyrightNotices = [
  /\(PsycINFO\s+Database\s+Record\s+\(c\)[^()]{0,80}\)(?:\s+\(journal\s+abstract\))?/gi,
  /(?:Copyright\s+)?©\s*(?:Copyright\s+)?(?:The\s+Authors?(?:\(s\))?,?\s+)?(?:19|20)\d\d\b[^.©\r\n]{0,100}\.?(?:\s+All\s+rights\s+reserved\.)?/g,
];

/** Parses a record into one segment per field. */
export function parseRecord(source: string, format: TaggedFormat): Segment[] {
  const segments = new Segments(
    new SegmentBuilder(source, ordered([...addressMasks(source), ...masksOf(source, copyrightNotices)])),
  );
  let tag: string | undefined;
  let passed = 0;
  for (const line of linesOf(source)) {
    const head = format.line.exec(source.slice(line.start, line.end));
    if (head || (tag !== undefined && format.lists?.has(tag))) segments.break();
    else if (tag !== undefined) segments.builder.space(passed, line.start + indentation(source, line));
    if (head) tag = format.proseTags.has(head[1] ?? '') ? head[1] : undefined;
    else if (source.slice(line.start, line.end).trim() === '') tag = undefined;
    const start = line.start + (head?.[0].length ?? 0);
    if (tag !== undefined) readValue(segments, source, { start, end: line.end }, tag, format);
    passed = line.end;
  }
  return segments.finish();
}

function readValue(segments: Segments, source: string, value: Span, tag: string, format: TaggedFormat): void {
  const parts = format.parts?.(tag, source.slice(value.start, value.end));
  if (!parts) segments.builder.prose(value.start, value.end);
  for (const part of parts ?? []) segments.builder.prose(value.start + part.start, value.start + part.end);
}

function indentation(source: string, line: Span): number {
  const blanks = /^[ \t]*/.exec(source.slice(line.start, line.end));
  return blanks?.[0].length ?? 0;
}
