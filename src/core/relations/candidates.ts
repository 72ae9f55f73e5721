import type { EntityType } from '../types';
import type { RelationHead } from './config';

/** A mention of a block, as the choice of pairs sees it. */
export interface BlockMention {
  readonly type: EntityType;
  /** Index of its sentence in the block. */
  readonly sentence: number;
  /** What it names: mentions that share a concept are one to heads of document scope. */
  readonly concepts: readonly string[];
}

/** Indices of mentions of a block. */
export type MentionPair = readonly [subject: number, object: number];

/** A pair of mentions or of concepts that a head is asked about. */
export interface Candidate {
  /** Index of the head. */
  readonly head: number;
  readonly subjectType: EntityType;
  readonly objectType: EntityType;
  readonly subjectConcept: string;
  readonly objectConcept: string;
  /** Where the text may state it: one pair for a pair of mentions, several for one of concepts. */
  readonly pairs: readonly MentionPair[];
}

/** All that the heads have to be asked about a block. */
export function candidatesOf(mentions: readonly BlockMention[], heads: readonly RelationHead[]): Candidate[] {
  return heads.flatMap((head, index) => {
    const pairs = new Map(
      head.relations.map(({ subject, object }) => [`${subject}\n${object}`, [subject, object] as const]),
    );
    return [...pairs.values()].flatMap(([subject, object]) =>
      head.scope === 'sentence'
        ? mentionCandidates(mentions, index, subject, object)
        : conceptCandidates(mentions, index, subject, object),
    );
  });
}

function mentionCandidates(
  mentions: readonly BlockMention[],
  head: number,
  subjectType: EntityType,
  objectType: EntityType,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [s, subject] of mentions.entries()) {
    if (subject.type !== subjectType) continue;
    for (const [o, object] of mentions.entries()) {
      // Of two mentions of one type, the one that comes first is the subject.
      const isOrdered = subjectType === objectType ? s < o : true;
      if (object.type !== objectType || object.sentence !== subject.sentence || !isOrdered) continue;
      const [subjectConcept, objectConcept] = [subject.concepts[0] ?? '', object.concepts[0] ?? ''];
      const types = { head, subjectType, objectType, subjectConcept, objectConcept };
      candidates.push({ ...types, pairs: [[s, o]] });
    }
  }
  return candidates;
}

function conceptCandidates(
  mentions: readonly BlockMention[],
  head: number,
  subjectType: EntityType,
  objectType: EntityType,
): Candidate[] {
  const subjects = byConcept(mentions, subjectType);
  const objects = byConcept(mentions, objectType);
  const order = new Map([...objects.keys()].map((concept, i) => [concept, i]));
  const candidates: Candidate[] = [];
  for (const [subjectConcept, own] of subjects) {
    for (const [objectConcept, others] of objects) {
      // Of two concepts of one type, the one that is named first is the subject.
      const isOrdered = (order.get(subjectConcept) ?? 0) < (order.get(objectConcept) ?? 0);
      if (subjectType === objectType && !isOrdered) continue;
      const pairs = own.flatMap((s) => others.filter((o) => o !== s).map((o): MentionPair => [s, o]));
      if (pairs.length === 0) continue;
      candidates.push({ head, subjectType, objectType, subjectConcept, objectConcept, pairs });
    }
  }
  return candidates;
}

/** Mentions of each concept, concepts in order of their first mention. */
function byConcept(mentions: readonly BlockMention[], type: EntityType): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [index, mention] of mentions.entries()) {
    if (mention.type !== type) continue;
    for (const concept of mention.concepts) {
      const own = found.get(concept);
      if (own === undefined) found.set(concept, [index]);
      else own.push(index);
    }
  }
  return found;
}
