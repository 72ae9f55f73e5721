import { pageAt, pageStarts } from '../core/documents/paper';
import { parseDocument } from '../core/documents/parse';
import { biocCollection } from '../core/exports/bioc';
import { writeJsonLine } from '../core/exports/jsonl';
import type { PassageDocument } from '../core/exports/exportPassages';
import { publications, type ProseFile } from '../core/exports/publications';
import { writePubtator } from '../core/exports/pubtator';
import { tsvHeader, writeTsvRows } from '../core/exports/tsv';
import { publicationsIn } from '../core/records/readRecords';
import type { Span } from '../core/types';
import type { SourceDocument } from './documents';
import { baseName } from './names';
import { shiftedEntities } from '../core/records/shifted';
import type { TaggedDocument } from './documents';
import type { DocumentWriter } from './sink';

/** Offsets into the file's text. The mentions of a paper have the page on which they begin. */
export function jsonlWriter(): DocumentWriter<TaggedDocument> {
  return {
    start: () => '',
    document: ({ name, text, format, entities, shift }) => {
      const starts = format === 'paper' ? pageStarts(text) : [];
      const pageOf = starts.length === 0 ? undefined : (entity: Span) => pageAt(starts, entity.start);
      return writeJsonLine(name, shiftedEntities(entities, shift), pageOf);
    },
    end: () => '',
  };
}

/** Offsets into the file's text. */
export function tsvWriter(): DocumentWriter<TaggedDocument> {
  return {
    start: () => tsvHeader,
    document: ({ name, entities, shift }) => writeTsvRows(name, shiftedEntities(entities, shift)),
    end: () => '',
  };
}

/** The prose of each publication, with offsets of its own. */
export function pubtatorWriter(): DocumentWriter<TaggedDocument> {
  const toPassageDocuments = passageDocuments();
  return {
    start: () => '',
    document: (document) => toPassageDocuments(document).map(writePubtator).join(''),
    end: () => '',
  };
}

/** The prose of each publication, with offsets of its own. */
export function biocWriter(): DocumentWriter<TaggedDocument> {
  const toPassageDocuments = passageDocuments();
  const { start, add, end } = biocCollection('BioBERT');
  return { start, document: (document) => add(toPassageDocuments(document)), end };
}

/** Cuts a file into its publications; each has the identifier that it states, else the file's name. */
function passageDocuments(): (document: TaggedDocument) => readonly PassageDocument[] {
  const cut = publications();
  return (document) => cut(proseOf(document), document.entities);
}

/** A file with the models that it was given to. */
type AnnotatedSource = SourceDocument & Pick<ProseFile, 'models'>;

/** The file with its prose. */
export function proseOf({ name, text, format, models }: AnnotatedSource): ProseFile {
  const { segments } = parseDocument(text, format);
  return { id: baseName(name), publications: publicationsIn(text, format), segments, models };
}
