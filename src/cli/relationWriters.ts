import { biocEnd, biocSeparator, biocStart, writeBiocDocument } from '../core/formats/bioc';
import { writeJsonRelations } from '../core/formats/jsonl';
import { type Mention, roundProbability } from '../core/formats/mention';
import { relationsTsvHeader, writeRelationRows } from '../core/formats/tsv';
import type { Entity, Relation } from '../core/types';
import type { SourceDocument } from './documents';
import type { DocumentWriter } from './sink';
import { publications } from './writers';

/** A document whose relations have been found. */
export interface RelatedDocument extends SourceDocument {
  readonly relations: readonly Relation[];
}

export const relationFormats = ['jsonl', 'tsv', 'bioc'] as const;
export type RelationFormat = (typeof relationFormats)[number];

export const relationWriters: Readonly<Record<RelationFormat, () => DocumentWriter<RelatedDocument>>> = {
  /** Offsets into the file's text. */
  jsonl: () => ({
    start: () => '',
    document: ({ name, relations }) => writeJsonRelations(name, relations),
    end: () => '',
  }),
  /** Offsets into the file's text. */
  tsv: () => ({
    start: () => relationsTsvHeader,
    document: ({ name, relations }) => writeRelationRows(name, relations),
    end: () => '',
  }),
  bioc: biocRelations,
};

/** The prose of each publication, with offsets of its own, the related mentions and their relations. */
function biocRelations(): DocumentWriter<RelatedDocument> {
  const cut = publications();
  let separator = '';
  return {
    start: () => biocStart('BioBERT'),
    document: (document) => {
      const mentions = new Map<string, Mention>();
      const related = cut(document, mentionsOf(document.relations), (mention, entity) =>
        mentions.set(keyOf(entity), mention),
      );
      const written = related.map((publication) => {
        const own = document.relations.filter(
          ({ evidence }) => evidence.start >= publication.start && evidence.start < publication.end,
        );
        const relations = own.flatMap((relation) => {
          const subject = mentions.get(keyOf(relation.subject));
          const object = mentions.get(keyOf(relation.object));
          return subject && object ? [{ subject, object, infons: infonsOf(relation) }] : [];
        });
        const text = separator + writeBiocDocument({ ...publication, relations });
        separator = biocSeparator;
        return text;
      });
      return written.join('');
    },
    end: () => biocEnd,
  };
}

/** Each mention of the relations once, in document order. */
function mentionsOf(relations: readonly Relation[]): Entity[] {
  const mentions = relations.flatMap(({ subject, object }) => [subject, object]);
  const distinct = [...new Map(mentions.map((mention) => [keyOf(mention), mention])).values()];
  return distinct.sort((a, b) => a.start - b.start || b.end - a.end);
}

function keyOf({ start, end, type }: Entity): string {
  return `${start} ${end} ${type}`;
}

function infonsOf({ type, probability, negated, speculated }: Relation): Record<string, string> {
  return {
    type,
    probability: String(roundProbability(probability)),
    ...(negated && { negated: 'true', negationCue: negated.text }),
    ...(speculated && { speculated: 'true', speculationCue: speculated.text }),
  };
}
