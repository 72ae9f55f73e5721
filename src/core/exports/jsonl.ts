import { type BibliographicRecord, recordName } from '../records/record';
import type { Cue, Entity, Relation, RelationType, Span } from '../types';
import { conceptIds } from './conceptColumns';
import { roundProbability, type Mention } from './mention';

/** A mention in a JSON line. */
export interface JsonMention extends Mention {
  /** The name without markup; only present if it differs from the text because of markup or a line break. */
  readonly name?: string;
  /** Page of a paper on which it begins, counted from 1. */
  readonly page?: number | undefined;
}

/** A document in a JSON line. Offsets are UTF-16 offsets in the text of the file. */
export interface JsonDocument {
  readonly document: string;
  readonly entities: readonly JsonMention[];
}

/** A cue or another span of text in a JSON line. */
export interface JsonSpan extends Span {
  readonly text: string;
}

/** A relation in a JSON line. */
export interface JsonRelation {
  readonly type: RelationType;
  readonly subject: JsonMention;
  readonly object: JsonMention;
  readonly probability: number;
  /** `Kaplan 2019, Title`; only present if the document names its publications. */
  readonly publication?: string;
  /** Identifiers of the concepts of the subject, joined by `|`; only present if it is linked. */
  readonly subject_id?: string;
  /** The same of the object. */
  readonly object_id?: string;
  readonly evidence: JsonSpan;
  /** The cue that denies the relation; `false` if the relation is stated. */
  readonly negated: JsonSpan | false;
  /** The cue that makes the relation speculative; `false` if it is stated as a fact. */
  readonly speculated: JsonSpan | false;
}

/** @returns one line, line break included. */
export function writeJsonRelations(document: string, relations: readonly Relation[]): string {
  return `${JSON.stringify({ document, relations: relations.map(toJsonRelation) })}\n`;
}

function toJsonRelation(relation: Relation): JsonRelation {
  const { type, subject, object, probability, publication, evidence, evidenceText } = relation;
  return {
    type,
    subject: toJsonMention(subject),
    object: toJsonMention(object),
    probability: roundProbability(probability),
    ...(publication === undefined ? {} : { publication }),
    ...(subject.concepts && { subject_id: conceptIds(subject.concepts) }),
    ...(object.concepts && { object_id: conceptIds(object.concepts) }),
    evidence: { start: evidence.start, end: evidence.end, text: evidenceText },
    negated: toJsonCue(relation.negated),
    speculated: toJsonCue(relation.speculated),
  };
}

function toJsonCue(cue: Cue | undefined): JsonSpan | false {
  return cue === undefined ? false : { start: cue.start, end: cue.end, text: cue.text };
}

/** A publication of a document in a JSON line, with what its record states: `[start, end)` is its record. */
export interface JsonPublication extends Span {
  /** `Kaplan 2019, Title`, as in {@link JsonRelation}. */
  readonly publication?: string | undefined;
  readonly title?: string | undefined;
  readonly year?: number | undefined;
  readonly pmid?: string | undefined;
  readonly pmcid?: string | undefined;
  readonly doi?: string | undefined;
  /** Another identifier that the record states, such as a citation key. */
  readonly id?: string | undefined;
}

/**
 * The publications that a document names, in its order; they cover it. Undefined if it names none, by a title or an
 * identifier.
 */
export function jsonPublications(
  records: readonly BibliographicRecord[],
): readonly JsonPublication[] | undefined {
  const isNamed = records.some(({ title, id, pmid, doi }) => (title ?? id ?? pmid ?? doi) !== undefined);
  if (!isNamed) return undefined;
  return records.map((record) => {
    const { start, end, title, year, pmid, pmcid, doi, id } = record;
    const own = id === pmid || id === pmcid || id === doi ? undefined : id;
    return { start, end, publication: recordName(record), title, year, pmid, pmcid, doi, id: own };
  });
}

/** A document of an index in a JSON line. */
export interface JsonIndexed extends JsonDocument {
  /** Undefined if relations were not requested. */
  readonly relations?: readonly JsonRelation[];
  /** Undefined if the document names no publication. */
  readonly publications?: readonly JsonPublication[] | undefined;
  /** The prose of the document without markup. Undefined if passages were not requested. */
  readonly passages?: readonly JsonSpan[] | undefined;
  /** State of the file when it was read; with another value, it is read again. The same holds for `models`. */
  readonly stamp: string;
  readonly models: string;
}

/** @returns one line, line break included. */
export function writeJsonIndexed(
  { document, stamp, models }: Pick<JsonIndexed, 'document' | 'stamp' | 'models'>,
  entities: readonly Entity[],
  relations: readonly Relation[] | undefined,
  more: Pick<JsonIndexed, 'publications' | 'passages'> = {},
): string {
  const { publications, passages } = more;
  const line: JsonIndexed = {
    document,
    stamp,
    models,
    entities: entities.map(toJsonMention),
    ...(relations && { relations: relations.map(toJsonRelation) }),
    ...(publications && { publications }),
    ...(passages && { passages: passages.map(({ start, end, text }) => ({ start, end, text })) }),
  };
  return `${JSON.stringify(line)}\n`;
}

/**
 * @param pageOf Returns the page on which a mention begins. Default: the mentions have none.
 * @returns one line, line break included.
 */
export function writeJsonLine(
  document: string,
  entities: readonly Entity[],
  pageOf?: (entity: Entity) => number | undefined,
): string {
  const line: JsonDocument = {
    document,
    entities: entities.map((entity) => ({
      ...toJsonMention(entity),
      ...(pageOf === undefined ? {} : { page: pageOf(entity) }),
    })),
  };
  return `${JSON.stringify(line)}\n`;
}

function toJsonMention({ start, end, text, name, type, probability, concepts }: Entity): JsonMention {
  return {
    start,
    end,
    text,
    type,
    probability: roundProbability(probability),
    ...(name === text ? {} : { name }),
    ...(concepts && { concepts }),
  };
}
