import type { Cue, Entity, Relation, RelationType, Span } from '../types';
import { roundProbability, type Mention } from './mention';

/** One mention in a line of JSON. */
export interface JsonMention extends Mention {
  /** What a reader sees, only where it differs from the text: markup inside the mention, a line break. */
  readonly name?: string;
}

/** One document in a line of JSON. Offsets are UTF-16 and count in the file's text. */
export interface JsonDocument {
  readonly document: string;
  readonly entities: readonly JsonMention[];
}

/** A cue, or a stretch of text, in a line of JSON. */
export interface JsonSpan extends Span {
  readonly text: string;
}

/** One relation in a line of JSON. */
export interface JsonRelation {
  readonly type: RelationType;
  readonly subject: JsonMention;
  readonly object: JsonMention;
  readonly probability: number;
  readonly evidence: JsonSpan;
  /** The cue that denies it; `false` where it is stated. */
  readonly negated: JsonSpan | false;
  /** The cue that marks it as a supposition; `false` where it is stated as a fact. */
  readonly speculated: JsonSpan | false;
}

/** @returns one line, line break included. */
export function writeJsonRelations(document: string, relations: readonly Relation[]): string {
  return `${JSON.stringify({ document, relations: relations.map(toJsonRelation) })}\n`;
}

function toJsonRelation(relation: Relation): JsonRelation {
  const { type, subject, object, probability, evidence, evidenceText, negated, speculated } = relation;
  return {
    type,
    subject: toJsonMention(subject),
    object: toJsonMention(object),
    probability: roundProbability(probability),
    evidence: { start: evidence.start, end: evidence.end, text: evidenceText },
    negated: toJsonCue(negated),
    speculated: toJsonCue(speculated),
  };
}

function toJsonCue(cue: Cue | undefined): JsonSpan | false {
  return cue === undefined ? false : { start: cue.start, end: cue.end, text: cue.text };
}

/** One document of an index in a line of JSON. */
export interface JsonIndexed extends JsonDocument {
  /** Absent where they were not asked for. */
  readonly relations?: readonly JsonRelation[];
  /** What the file was when it was read, and what it was read with: another value, and it is read again. */
  readonly stamp: string;
  readonly models: string;
}

/** @returns one line, line break included. */
export function writeJsonIndexed(
  { document, stamp, models }: Pick<JsonIndexed, 'document' | 'stamp' | 'models'>,
  entities: readonly Entity[],
  relations: readonly Relation[] | undefined,
): string {
  const line: JsonIndexed = {
    document,
    stamp,
    models,
    entities: entities.map(toJsonMention),
    ...(relations && { relations: relations.map(toJsonRelation) }),
  };
  return `${JSON.stringify(line)}\n`;
}

/** @returns one line, line break included. */
export function writeJsonLine(document: string, entities: readonly Entity[]): string {
  const line: JsonDocument = { document, entities: entities.map(toJsonMention) };
  return `${JSON.stringify(line)}\n`;
}

function toJsonMention({ start, end, text, name, type, probability }: Entity): JsonMention {
  const mention = { start, end, text, type, probability: roundProbability(probability) };
  return name === text ? mention : { ...mention, name };
}
