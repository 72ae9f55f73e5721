import type { AnnotatingModels } from '../core/exports/annotator';
import { biocCollection } from '../core/exports/bioc';
import { writeJsonRelations } from '../core/exports/jsonl';
import { relatedPublications, withRelated } from '../core/exports/publications';
import { relationsTsvHeader, writeRelationRows } from '../core/exports/tsv';
import type { Relation } from '../core/types';
import type { ReadingReport } from '../protocol/engine';
import type { SourceDocument } from './documents';
import { shiftedRelations } from '../core/records/shifted';
import type { DocumentWriter } from './sink';
import { proseOf } from './writers';

/** A document whose relations have been found. */
export interface RelatedDocument extends SourceDocument, ReadingReport {
  readonly relations: readonly Relation[];
  /** Absent where the tagger is not known. */
  readonly models?: AnnotatingModels | undefined;
}

export const relationFormats = ['jsonl', 'tsv', 'bioc'] as const;
export type RelationFormat = (typeof relationFormats)[number];

export const relationWriters: Readonly<Record<RelationFormat, () => DocumentWriter<RelatedDocument>>> = {
  /** Offsets into the file's text. */
  jsonl: () => ({
    start: () => '',
    document: ({ name, relations, shift }) => writeJsonRelations(name, shiftedRelations(relations, shift)),
    end: () => '',
  }),
  /** Offsets into the file's text. */
  tsv: () => ({
    start: () => relationsTsvHeader,
    document: ({ name, relations, shift }) => writeRelationRows(name, shiftedRelations(relations, shift)),
    end: () => '',
  }),
  bioc: biocRelations,
};

/** The prose of each publication, with offsets of its own, the related mentions and their relations. */
function biocRelations(): DocumentWriter<RelatedDocument> {
  const cut = relatedPublications();
  const { start, add, end } = biocCollection('BioBERT');
  return {
    start,
    document: (document) => {
      const { relations } = document;
      return add(cut(proseOf(document), withRelated([], relations), relations));
    },
    end,
  };
}
