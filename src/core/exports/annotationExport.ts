/** Exports annotations in the formats of the field, either all documents in one file or one file per document. */
import type { AnnotatingModels, Attributed } from './annotator';
import { annotationCsvHead, annotationCsvRows } from './annotationCsv';
import { biocCollection } from './bioc';
import { bratText, writeBrat, writeBratRelations } from './brat';
import type { DocumentFormat, Entity, Relation, Segment, PublicationPlace } from '../types';
import { relatedPublications, withRelated } from './publications';
import { writePubtator } from './pubtator';
import { toLinks } from './relationLink';
import { writeWebAnnotations } from './webAnnotation';

/** Formats that store any number of documents in one file. */
export type CollectionFormat = 'bioc' | 'pubtator' | 'csv';

export type ExportFormat = CollectionFormat | 'brat' | 'webAnnotation';

/** A document with all its annotations. */
export interface AnnotatedDocument {
  /** Path relative to the folder, with forward slashes. */
  readonly name: string;
  /** The URI of the document. */
  readonly source: string;
  readonly text: string;
  readonly format: DocumentFormat;
  readonly segments: readonly Segment[];
  /** In document order; they cover the document. */
  readonly publications: readonly PublicationPlace[];
  /** Entities in document order. */
  readonly entities: readonly Attributed<Entity>[];
  readonly relations: readonly Attributed<Relation>[];
  readonly models: AnnotatingModels;
}

/** Writes documents into the text of one file. */
export interface CollectionWriter {
  start(): string;
  document(document: AnnotatedDocument): string;
  end(): string;
}

/** A file with the annotations of one document. Its name is that of the document with the ending `ending`. */
export interface DocumentFile {
  readonly ending: string;
  readonly content: string;
}

/**
 * Creates a writer for one file with the annotations of many documents.
 *
 * @example
 * ```ts
 * const writer = collectionWriter('pubtator');
 * const file = writer.start() + documents.map((document) => writer.document(document)).join('') + writer.end();
 * ```
 */
export function collectionWriter(format: CollectionFormat): CollectionWriter {
  switch (format) {
    case 'bioc':
      return biocWriter();
    case 'pubtator': {
      const splitFile = relatedPublications();
      return {
        start: () => '',
        document: (document) =>
          splitFile(...publicationParts(document))
            .map(writePubtator)
            .join(''),
        end: () => '',
      };
    }
    case 'csv':
      return {
        start: () => annotationCsvHead,
        document: ({ name, entities, relations }) => {
          const all = withRelated(entities, relations);
          return annotationCsvRows(name, all, toLinks(relations, all));
        },
        end: () => '',
      };
  }
}

function biocWriter(): CollectionWriter {
  const splitFile = relatedPublications();
  const { start, add, end } = biocCollection('BioBERT');
  return { start, document: (document) => add(splitFile(...publicationParts(document))), end };
}

function publicationParts(document: AnnotatedDocument) {
  const { name, publications, segments, entities, relations, models } = document;
  const id = (name.split('/').at(-1) ?? name).replace(/\.[^.]*$/, '');
  return [{ id, publications, segments, models }, withRelated(entities, relations), relations] as const;
}

/**
 * The annotation files of one document. For brat this includes the text, which must be next to the annotations.
 */
export function documentFiles(
  format: 'brat' | 'webAnnotation',
  { source, text, format: documentFormat, entities, relations }: AnnotatedDocument,
): readonly DocumentFile[] {
  const all = withRelated(entities, relations);
  const links = toLinks(relations, all);
  if (format === 'webAnnotation') {
    const content = writeWebAnnotations({
      source,
      text,
      format: documentFormat,
      entities: all,
      relations: links,
    });
    return [{ ending: '.jsonld', content }];
  }
  return [
    { ending: '.ann', content: writeBrat(text, all) + writeBratRelations(links, all.length) },
    { ending: '.txt', content: bratText(text) },
  ];
}
