import { roundProbability } from '../../core/exports/mention';
import type { Abbreviation, Entity, PublicationPlace, Span } from '../../core/types';
import type { TerminologyInfo } from '../../protocol/engine';
import { decodeLinks, encodeLinks, isStoredLinks, type StoredLinks } from './recordLinks';

/** The stored result for one document. */
export interface TaggedDocument {
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  /** The terminology that mentions were linked to; undefined if none was used. */
  readonly terminology?: TerminologyInfo | undefined;
  /** The publications that the document names, in its order. Default: none. */
  readonly publications?: readonly PublicationPlace[] | undefined;
}

/** Incremented when the format or meaning of a record changes. Records of other versions are ignored. */
const recordVersion = 4;

/**
 * A result as it is stored. It contains offsets and types but no text: records are stored with a hash of the text, and
 * whoever looks a record up has the text. A name is stored only if it differs from the text because of markup.
 */
interface StoredRecord extends StoredLinks {
  readonly version: number;
  readonly types: readonly string[];
  readonly entities: readonly (readonly [
    start: number,
    length: number,
    type: number,
    probability: number,
    name?: string,
  ])[];
  readonly abbreviations: readonly (readonly [
    shortStart: number,
    shortEnd: number,
    longStart: number,
    longEnd: number,
    shortText?: string,
    longText?: string,
  ])[];
  readonly terminology?: readonly [name: string, version: string];
  readonly publications: readonly (readonly [start: number, end: number, name: string, id?: string])[];
}

/** Converts a result to JSON. @param text The tagged text. */
export function encodeRecord(
  { entities, abbreviations, terminology, publications = [] }: TaggedDocument,
  text: string,
): string {
  const types = [...new Set(entities.map((entity) => entity.type))];
  const record: StoredRecord = {
    version: recordVersion,
    types,
    entities: entities.map(({ start, end, type, probability, name, text: source }) => {
      const shared = [start, end - start, types.indexOf(type), roundProbability(probability)] as const;
      return name === folded(source) ? shared : ([...shared, name] as const);
    }),
    abbreviations: abbreviations.map(({ short, long, shortText, longText }) => {
      const spans = [short.start, short.end, long.start, long.end] as const;
      const plain = shortText === sliceOf(text, short) && longText === sliceOf(text, long);
      return plain ? spans : ([...spans, shortText, longText] as const);
    }),
    ...encodeLinks(entities),
    ...(terminology && { terminology: [terminology.name, terminology.version] as const }),
    publications: publications.flatMap(({ start, end, name, id }): StoredRecord['publications'] => {
      if (name === undefined) return [];
      return [id === undefined ? [start, end, name] : [start, end, name, id]];
    }),
  };
  return JSON.stringify(record);
}

/** @returns undefined if the record is damaged, has another version, or belongs to another text. */
export function decodeRecord(json: string, text: string): TaggedDocument | undefined {
  const record = parse(json);
  if (!isStoredRecord(record)) return undefined;
  const entities: Entity[] = [];
  for (const [start, length, typeIndex, probability, name] of record.entities) {
    const type = record.types[typeIndex];
    const end = start + length;
    if (type === undefined || start < 0 || length <= 0 || end > text.length) return undefined;
    const source = text.slice(start, end);
    entities.push({ start, end, text: source, name: name ?? folded(source), type, probability });
  }
  const linked = decodeLinks(entities, record);
  if (!linked) return undefined;
  const abbreviations = record.abbreviations.map(([from, to, longFrom, longTo, shortText, longText]) => {
    const short = { start: from, end: to };
    const long = { start: longFrom, end: longTo };
    return {
      short,
      long,
      shortText: shortText ?? sliceOf(text, short),
      longText: longText ?? sliceOf(text, long),
    };
  });
  const publications = record.publications.map(([start, end, title, id]) => ({
    start,
    end,
    name: title,
    id,
  }));
  return { entities: linked, abbreviations, publications, ...terminologyOf(record) };
}

/**
 * Converts the stored records of the parts of a document back to one result.
 *
 * @returns undefined if one of them is damaged, has another version, or belongs to another text.
 */
export function decodeRecords(jsons: readonly string[], text: string): TaggedDocument | undefined {
  const parts = jsons.map((json) => decodeRecord(json, text));
  const found = parts.filter((part) => part !== undefined);
  if (found.length === 0 || found.length < parts.length) return undefined;
  return {
    entities: found.flatMap(({ entities }) => entities),
    abbreviations: found.flatMap(({ abbreviations }) => abbreviations),
    publications: found.flatMap(({ publications = [] }) => publications),
    terminology: found.find(({ terminology }) => terminology)?.terminology,
  };
}

function terminologyOf({ terminology }: StoredRecord): Pick<TaggedDocument, 'terminology'> {
  if (!terminology) return {};
  const [name, version] = terminology;
  return { terminology: { name, version } };
}

function sliceOf(text: string, span: Span): string {
  return folded(text.slice(span.start, span.end));
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isStoredRecord(value: unknown): value is StoredRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Partial<Record<keyof StoredRecord, unknown>>;
  return (
    record.version === recordVersion &&
    isArrayOf(record.types, (type) => typeof type === 'string') &&
    isArrayOf(record.entities, (row) => isRow(row, 4)) &&
    isArrayOf(record.abbreviations, (row) => isRow(row, 4)) &&
    isArrayOf(record.publications, (row) => isRow(row, 2) && Array.isArray(row) && row.length >= 3) &&
    (record.terminology === undefined || (isRow(record.terminology, 0) && isPair(record.terminology))) &&
    isStoredLinks(record)
  );
}

function isArrayOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2;
}

/** True for an array whose first `numbers` items are numbers and whose other items are strings. */
function isRow(value: unknown, numbers: number): boolean {
  return (
    Array.isArray(value) &&
    value.length >= numbers &&
    value.every((item, index) => (index < numbers ? Number.isFinite(item) : typeof item === 'string'))
  );
}
