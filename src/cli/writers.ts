import { parseDocument } from '../core/document/parse';
import { segmentSpan } from '../core/document/place';
import { biocEnd, biocSeparator, biocStart, writeBiocDocument } from '../core/formats/bioc';
import { writeJsonLine } from '../core/formats/jsonl';
import { type Passage, type PassageDocument, toPassages } from '../core/formats/passages';
import { writePubtator } from '../core/formats/pubtator';
import { findRecords } from '../core/formats/records';
import { tsvHeader, writeTsvRows } from '../core/formats/tsv';
import type { Mention } from '../core/formats/mention';
import type { Entity, Segment } from '../core/types';
import type { SourceDocument } from './documents';
import { baseName, uniqueNames } from './names';
import type { DocumentWriter, TaggedDocument } from './sink';

/** Offsets into the file's text. */
export function jsonlWriter(): DocumentWriter {
  return {
    start: () => '',
    document: ({ name, entities }) => writeJsonLine(name, entities),
    end: () => '',
  };
}

/** Offsets into the file's text. */
export function tsvWriter(): DocumentWriter {
  return {
    start: () => tsvHeader,
    document: ({ name, entities }) => writeTsvRows(name, entities),
    end: () => '',
  };
}

/** The prose of each publication, with offsets of its own. */
export function pubtatorWriter(): DocumentWriter {
  const toPassageDocuments = passageDocuments();
  return {
    start: () => '',
    document: (document) => toPassageDocuments(document).map(writePubtator).join(''),
    end: () => '',
  };
}

/** The prose of each publication, with offsets of its own. */
export function biocWriter(): DocumentWriter {
  const toPassageDocuments = passageDocuments();
  let separator = '';
  return {
    start: () => biocStart('BioBERT'),
    document: (document) =>
      toPassageDocuments(document)
        .map((each) => {
          const written = separator + writeBiocDocument(each);
          separator = biocSeparator;
          return written;
        })
        .join(''),
    end: () => biocEnd,
  };
}

/** Cuts a file into its publications; each has the identifier that it states, else the file's name. */
function passageDocuments(): (document: TaggedDocument) => readonly PassageDocument[] {
  const cut = publications();
  return (document) => cut(document, document.entities).map(({ id, passages }) => ({ id, passages }));
}

/** A publication with its mentions, in the order of the entities that they are. */
export interface Publication extends PassageDocument {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts files into publications with unique identifiers.
 * @returns for a document and its entities, told which mention each has become.
 */
export function publications(): <E extends Entity>(
  document: SourceDocument,
  entities: readonly E[],
  onMention?: (mention: Mention, entity: E) => void,
) => readonly Publication[] {
  const unique = uniqueNames();
  return ({ name, text, format }, entities, onMention) => {
    const segments = parseDocument(text, format).segments.filter((segment) => segment.text.trim() !== '');
    const segmentStart = (segment: Segment) => segmentSpan(segment).start;
    const takeSegments = takerUntil(segments, segmentStart);
    const takeEntities = takerUntil(entities, (entity) => entity.start);
    return findRecords(text, format).map(({ start, end, id, titleStart = start }) => {
      const ownSegments = takeSegments(end);
      const passages = toPassages(ownSegments, takeEntities(end), onMention);
      const title = ownSegments.findIndex((segment) => segmentStart(segment) >= titleStart);
      return { id: unique(id ?? baseName(name)), passages: titleFirst(passages, title), start, end };
    });
  };
}

/** Hands a sorted list out in pieces: what lies before an offset and was not handed out yet. */
function takerUntil<T>(list: readonly T[], startOf: (element: T) => number): (end: number) => readonly T[] {
  let next = 0;
  return (end) => {
    const first = next;
    for (let each = list[next]; each !== undefined && startOf(each) < end; each = list[next]) next += 1;
    return list.slice(first, next);
  };
}

function titleFirst(passages: readonly Passage[], index: number): readonly Passage[] {
  const title = passages[index];
  return title === undefined ? passages : [title, ...passages.slice(0, index), ...passages.slice(index + 1)];
}
