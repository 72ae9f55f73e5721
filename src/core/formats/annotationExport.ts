/** What is tagged in documents, in the formats of the field: one document after another, or a file a document. */
import type { AnnotatingModels, Attributed } from './annotator';
import { annotationCsvHead, annotationCsvRows } from './annotationCsv';
import { biocCollection } from './bioc';
import { writeBrat, writeBratRelations } from './brat';
import type { DocumentFormat, Entity, Relation, Segment } from '../types';
import { relatedPublications, withRelated } from './publications';
import { writePubtator } from './pubtator';
import { toLinks } from './relationLink';
import { writeWebAnnotations } from './webAnnotation';

/** Those that hold any number of documents in one file. */
export const collectionFormats = ['bioc', 'pubtator', 'csv'] as const;
export type CollectionFormat = (typeof collectionFormats)[number];

export type ExportFormat = CollectionFormat | 'brat' | 'webAnnotation';

/** A document with all that is said of it. */
export interface AnnotatedDocument {
  /** Path from the folder, with forward slashes. */
  readonly name: string;
  /** Its address. */
  readonly source: string;
  readonly text: string;
  readonly format: DocumentFormat;
  readonly segments: readonly Segment[];
  /** In document order. */
  readonly entities: readonly Attributed<Entity>[];
  readonly relations: readonly Attributed<Relation>[];
  readonly models: AnnotatingModels;
}

/** Turns documents into the text of one file. */
export interface CollectionWriter {
  start(): string;
  document(document: AnnotatedDocument): string;
  end(): string;
}

/** A file that belongs to one document: its name ends so. */
export interface DocumentFile {
  readonly ending: string;
  readonly content: string;
}

export function collectionWriter(format: CollectionFormat): CollectionWriter {
  switch (format) {
    case 'bioc':
      return biocWriter();
    case 'pubtator': {
      const cut = relatedPublications();
      return {
        start: () => '',
        document: (document) =>
          cut(...publicationParts(document))
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
  const cut = relatedPublications();
  const { start, add, end } = biocCollection('BioBERT');
  return { start, document: (document) => add(cut(...publicationParts(document))), end };
}

function publicationParts(document: AnnotatedDocument) {
  const { name, text, format, segments, entities, relations, models } = document;
  const id = (name.split('/').at(-1) ?? name).replace(/\.[^.]*$/, '');
  return [{ id, text, format, segments, models }, withRelated(entities, relations), relations] as const;
}

/** For brat also the text, which must lie beside the annotations as it was annotated. */
export function documentFiles(
  format: 'brat' | 'webAnnotation',
  { source, text, entities, relations }: AnnotatedDocument,
): readonly DocumentFile[] {
  const all = withRelated(entities, relations);
  const links = toLinks(relations, all);
  if (format === 'webAnnotation') {
    const content = writeWebAnnotations({ source, text, entities: all, relations: links });
    return [{ ending: '.jsonld', content }];
  }
  return [
    { ending: '.ann', content: writeBrat(text, all) + writeBratRelations(links, all.length) },
    { ending: '.txt', content: text },
  ];
}
