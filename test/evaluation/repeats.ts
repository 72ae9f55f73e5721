/**
 * How far a document agrees with itself: repeats of a marked name that are left unmarked, and spellings with two types.
 * It needs no gold answers, so that any document can be measured.
 */
import { formatOf } from '../../src/core/documents/format';
import { parseDocument } from '../../src/core/documents/parse';
import { toProseSpan, segmentSpan } from '../../src/core/documents/place';
import { groupBy } from '../../src/core/groupBy';
import { recordStarts } from '../../src/core/records/readRecords';
import { createTagger } from '../../src/core/entities/pipeline';
import type { Entity, EntityType, Segment, Span } from '../../src/core/types';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { decodeBytes } from '../../src/core/text/decodeBytes';

/** A stretch of prose with its marks; offsets are of `text`. */
export interface MarkedProse {
  readonly text: string;
  /** In order, without overlaps. */
  readonly marks: readonly (Span & { readonly type: EntityType })[];
}

export interface RepeatCounts {
  readonly documents: number;
  readonly marks: number;
  /** Word-bounded occurrences of a spelling that is marked elsewhere in the document, where nothing is marked. */
  readonly unmarked: number;
  readonly documentsWithUnmarked: number;
  /** Spellings that are marked with two types or more in one document. */
  readonly withTwoTypes: number;
  readonly documentsWithTwoTypes: number;
}

/** @param documents The prose of each; names of different documents are unrelated. */
export function countRepeats(documents: readonly (readonly MarkedProse[])[]): RepeatCounts {
  const counts = documents.map(countOne);
  const sum = (of: (count: (typeof counts)[number]) => number) =>
    counts.reduce((total, count) => total + of(count), 0);
  return {
    documents: documents.length,
    marks: sum(({ marks }) => marks),
    unmarked: sum(({ unmarked }) => unmarked),
    documentsWithUnmarked: sum(({ unmarked }) => Number(unmarked > 0)),
    withTwoTypes: sum(({ withTwoTypes }) => withTwoTypes),
    documentsWithTwoTypes: sum(({ withTwoTypes }) => Number(withTwoTypes > 0)),
  };
}

function countOne(prose: readonly MarkedProse[]) {
  const marked = prose.flatMap(({ text, marks }) =>
    marks.map(({ start, end, type }) => ({ type, spelling: text.slice(start, end) })),
  );
  const bySpelling = groupBy(marked, ({ spelling }) => spelling);
  const types = Array.from(bySpelling.values(), (own) => new Set(own.map(({ type }) => type)).size);
  const unmarked = prose.reduce((sum, each) => sum + unmarkedIn(each, [...bySpelling.keys()]), 0);
  return { marks: marked.length, unmarked, withTwoTypes: types.filter((count) => count > 1).length };
}

/** A place that a longer spelling holds counts once. */
function unmarkedIn({ text, marks }: MarkedProse, spellings: readonly string[]): number {
  const taken = new Uint8Array(text.length);
  for (const { start, end } of marks) taken.fill(1, start, end);
  let found = 0;
  for (const spelling of [...spellings].sort((a, b) => b.length - a.length)) {
    for (let at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at + 1)) {
      const end = at + spelling.length;
      const isInWord = isWord(text.slice(Math.max(0, at - 1), at)) || isWord(text.slice(end, end + 1));
      if (isInWord || taken.subarray(at, end).includes(1)) continue;
      taken.fill(1, at, end);
      found += 1;
    }
  }
  return found;
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

/** A document to measure, which may hold several publications. */
export interface RepeatsSource {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Tags documents with and without the stage that makes them consistent. Each publication of a file is a document. */
export async function measureRepeats(
  sources: readonly RepeatsSource[],
  model: LoadedTagger,
  minProbability: number,
): Promise<{ readonly off: RepeatCounts; readonly on: RepeatCounts }> {
  const documents = { off: [] as MarkedProse[][], on: [] as MarkedProse[][] };
  const tagger = createTagger({ ...model, model });
  for (const { file, bytes } of sources) {
    const { text } = decodeBytes(bytes);
    const format = formatOf({ fileName: file, head: text.slice(0, 1000) });
    const { segments } = parseDocument(text, format);
    const records = recordStarts(text, format);
    const off = await tagger.tag(text, segments, { minProbability });
    const on = await tagger.tag(text, segments, { minProbability, consistency: { records } });
    documents.off.push(...proseOf(segments, records, off.entities));
    documents.on.push(...proseOf(segments, records, on.entities));
  }
  return { off: countRepeats(documents.off), on: countRepeats(documents.on) };
}

function proseOf(
  segments: readonly Segment[],
  records: readonly number[],
  entities: readonly Entity[],
): MarkedProse[][] {
  const prose = segments.map((segment) => {
    const { start, end } = segmentSpan(segment);
    const own = entities.filter((entity) => start <= entity.start && entity.end <= end);
    const marks = own.flatMap(({ type, ...span }) => {
      const place = toProseSpan(segment, span);
      return place === undefined ? [] : [{ ...place, type }];
    });
    return { record: records.findLastIndex((each) => each <= start), text: segment.text, marks };
  });
  return [...groupBy(prose, ({ record }) => String(record)).values()];
}

/** The table on standard output. */
export function writeRepeats(counts: { readonly off: RepeatCounts; readonly on: RepeatCounts }): string {
  const rows = [
    ['consistency', 'documents', 'marks', 'repeats unmarked', 'in documents', 'two types', 'in documents'],
    ...Object.entries(counts).map(([name, each]: [string, RepeatCounts]) => [
      name,
      ...[each.documents, each.marks, each.unmarked, each.documentsWithUnmarked].map(String),
      ...[each.withTwoTypes, each.documentsWithTwoTypes].map(String),
    ]),
  ];
  const widths = (rows[0] ?? []).map(({ length }) => length);
  return rows
    .map((row) => `${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}
