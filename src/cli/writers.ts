import { parseDocument } from '../core/document/parse';
import { segmentSpan } from '../core/document/place';
import { biocEnd, biocSeparator, biocStart, writeBiocDocument } from '../core/formats/bioc';
import { writeJsonLine } from '../core/formats/jsonl';
import { toPassages, type PassageDocument } from '../core/formats/passages';
import { writePubtator } from '../core/formats/pubtator';
import { findRecords } from '../core/formats/records';
import { tsvHeader, writeTsvRows } from '../core/formats/tsv';
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
  const unique = uniqueNames();
  return ({ name, text, format, entities }) => {
    const { segments } = parseDocument(text, format);
    return findRecords(text, format).map(({ start, end, id }) => {
      const isInside = (offset: number) => offset >= start && offset < end;
      const ownSegments = segments.filter((segment) => isInside(segmentSpan(segment).start));
      const ownEntities = entities.filter((entity) => isInside(entity.start));
      return { id: unique(id ?? baseName(name)), passages: toPassages(ownSegments, ownEntities) };
    });
  };
}
