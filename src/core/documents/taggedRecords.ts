import type { Span } from '../types';
import { linesOf, type Cut } from './blocks';
import { proseOfField } from './fieldMarkup';
import { recordParser, type FieldKind, type RecordParser, type SourceField } from './recordSyntax';

/** A line of a tagged file. */
export interface TaggedLine extends Span {
  /** Undefined: the line continues the value before it. */
  readonly tag: string | undefined;
  /** Offset at which the value begins. */
  readonly value: number;
  readonly isBlank: boolean;
}

/** A format with lines `TAG - value`; a line without a tag continues the value before it. */
export interface TaggedFormat {
  /**
   * Matches a line with a tag: the first group is the tag, the whole match ends where the value begins.
   * @param context The context of the record, from {@link contextOf}.
   */
  readonly line: (context: string) => RegExp;
  /** The dialect of a file. Default: the empty string. */
  readonly contextOf?: (text: string) => string;
  /** The meaning of each tag. Fields with other tags are not read. */
  readonly kinds: Readonly<Partial<Record<string, FieldKind>>>;
  /** Tags in which every line is a separate value. */
  readonly lists: ReadonlySet<string>;
  /** Whether a value continues after a blank line, as abstracts of several paragraphs do. */
  readonly continuesAfterBlank: boolean;
  /** The places of the records in a file. */
  readonly records: (lines: Iterable<TaggedLine>) => Iterable<Span>;
  /**
   * The spans of a line's value that are read, for example without a qualifier. Several are items of a list, which a
   * semicolon ends. Default: the whole value.
   */
  readonly values?: (tag: string, value: string) => readonly Span[] | undefined;
}

/** Makes the parser of a tagged format. */
export function taggedParser(format: TaggedFormat): RecordParser {
  return recordParser({
    cut(text) {
      const context = format.contextOf?.(text) ?? '';
      const lines = taggedLines(text, format.line(context));
      return Array.from(format.records(lines), (record): Cut => ({ ...record, context }));
    },
    fields: (source, context) => fieldsOf(taggedLines(source, format.line(context)), source, format),
    read(segments, source, part) {
      proseOfField(segments, source, part);
    },
  });
}

const maxTagLength = 20;

function* taggedLines(text: string, pattern: RegExp): Generator<TaggedLine> {
  for (const { start, end } of linesOf(text)) {
    const head = pattern.exec(text.slice(start, Math.min(end, start + maxTagLength)));
    const value = start + (head?.[0].length ?? indentation(text, start, end));
    yield { start, end, tag: head?.[1], value, isBlank: !head && value === end };
  }
}

function indentation(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at += 1;
  return at - start;
}

function* fieldsOf(
  lines: Iterable<TaggedLine>,
  source: string,
  format: TaggedFormat,
): Generator<SourceField> {
  let tag: string | undefined;
  let parts: Span[] = [];
  const take = (): SourceField[] => {
    const kind = tag === undefined ? undefined : format.kinds[tag];
    const taken = parts;
    parts = [];
    return kind === undefined || taken.length === 0 ? [] : [{ kind, parts: taken }];
  };
  for (const line of lines) {
    if (line.tag !== undefined || line.isBlank || (tag !== undefined && format.lists.has(tag))) yield* take();
    if (line.tag !== undefined) tag = line.tag;
    else if (line.isBlank && !format.continuesAfterBlank) tag = undefined;
    if (tag === undefined || format.kinds[tag] === undefined || line.value >= line.end) continue;
    const values = format.values?.(tag, source.slice(line.value, line.end)) ?? [
      { start: 0, end: line.end - line.value },
    ];
    for (const [index, { start, end }] of values.entries()) {
      parts.push({ start: line.value + start, end: line.value + end });
      // The last item of a line may go on in the next line.
      const isComplete = index < values.length - 1 || source.charAt(line.value + end) === ';';
      if (isComplete) yield* take();
    }
  }
  yield* take();
}

/**
 * The records of a format in which a tag ends each record. A record begins at the first tag after the end of the last
 * one, or at a second `first` tag. Lines between two records, such as a search history, belong to neither.
 */
export function* recordsBetween(
  lines: Iterable<TaggedLine>,
  { first, last, ignored = new Set() }: EndedRecords,
): Generator<Span> {
  let start: number | undefined;
  let end = 0;
  let hasFirst = false;
  for (const { start: at, end: lineEnd, tag } of lines) {
    if (tag === undefined || ignored.has(tag)) {
      end = lineEnd;
      continue;
    }
    if (start !== undefined && tag === first && hasFirst) {
      yield { start, end };
      start = undefined;
    }
    if (start === undefined) {
      if (tag === last) continue;
      start = at;
      hasFirst = false;
    }
    hasFirst ||= tag === first;
    end = lineEnd;
    if (tag !== last) continue;
    yield { start, end };
    start = undefined;
  }
  if (start !== undefined) yield { start, end };
}

interface EndedRecords {
  readonly first: string;
  readonly last: string;
  /** Tags of the file, not of a record. */
  readonly ignored?: ReadonlySet<string>;
}

/**
 * The records of a format without a mark at their end. A record begins at its `first` tag, or at the first tag after a
 * blank line if the `first` tag follows before the next blank line. If no line has the `first` tag, blank lines divide
 * the records.
 */
export function* recordsFrom(lines: Iterable<TaggedLine>, first: string): Generator<Span> {
  const all = [...lines];
  const hasFirst = all.some(({ tag }) => tag === first);
  let start: number | undefined;
  let paragraph: number | undefined;
  let end = 0;
  let isFirstFound = false;
  for (const { start: at, end: lineEnd, tag, isBlank } of all) {
    if (isBlank) paragraph = undefined;
    const begins = tag !== undefined && paragraph === undefined;
    if (begins) paragraph = at;
    if (hasFirst ? tag === first && isFirstFound : begins && start !== undefined) {
      const next = paragraph ?? at;
      if (start !== undefined) yield { start, end: next };
      start = next;
    } else if (tag !== undefined) start ??= at;
    isFirstFound ||= tag === first;
    end = lineEnd;
  }
  if (start !== undefined) yield { start, end };
}
