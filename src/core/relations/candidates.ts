import type { EntityType } from '../types';
import type { RelationHead } from './config';

/** A mention of a block, with the data that the choice of pairs needs. */
export interface BlockMention {
  readonly type: EntityType;
  /** Index of the sentence in the block. */
  readonly sentence: number;
  /**
   * Keys of the concepts that the mention refers to. Heads of document scope treat mentions that share a concept as
   * one.
   */
  readonly concepts: readonly string[];
  /** Whether its sentence names it as lacking or without a part: see `isLacking`. Default: false. */
  readonly isLacking?: boolean;
}

/** A pair of mentions of a block, by their indices. */
export type MentionPair = readonly [subject: number, object: number];

/** A pair of mentions or of concepts that a head has to classify. */
export interface Candidate {
  /** Index of the head. */
  readonly head: number;
  readonly subjectType: EntityType;
  readonly objectType: EntityType;
  readonly subjectConcept: string;
  readonly objectConcept: string;
  /** The pairs of mentions that may state the relation: one for a pair of mentions, several for a pair of concepts. */
  readonly pairs: readonly MentionPair[];
  /** Whether the sentences of {@link pairs} deny what they say of them. Default: false. */
  readonly isDenied?: boolean;
}

/** All candidates of a block that the heads have to classify. A chemical acts on no gene that is lacking. */
export function candidatesOf(mentions: readonly BlockMention[], heads: readonly RelationHead[]): Candidate[] {
  const candidates = allCandidates(mentions, heads);
  if (!mentions.some(({ isLacking }) => isLacking)) return candidates;
  return candidates.flatMap((candidate) => {
    const types = [candidate.subjectType, candidate.objectType];
    if (!types.includes('Chemical')) return [candidate];
    const pairs = candidate.pairs.filter((pair) => !pair.some((mention) => mentions[mention]?.isLacking));
    return pairs.length === 0 ? [] : [{ ...candidate, pairs }];
  });
}

function allCandidates(mentions: readonly BlockMention[], heads: readonly RelationHead[]): Candidate[] {
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
      // If both mentions have the same type, the first one is the subject.
      const isOrdered = subjectType === objectType ? s < o : true;
      if (object.type !== objectType || object.sentence !== subject.sentence || !isOrdered) continue;
      // A mention such as `BRCA1/2` stands for each of its concepts, so a relation holds for each of them.
      for (const subjectConcept of subject.concepts) {
        for (const objectConcept of object.concepts) {
          const types = { head, subjectType, objectType, subjectConcept, objectConcept };
          candidates.push({ ...types, pairs: [[s, o]] });
        }
      }
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
  for (const [subjectConcept, subjectMentions] of subjects) {
    for (const [objectConcept, objectMentions] of objects) {
      // If both concepts have the same type, the one that is mentioned first is the subject.
      const isOrdered = (order.get(subjectConcept) ?? 0) < (order.get(objectConcept) ?? 0);
      if (subjectType === objectType && !isOrdered) continue;
      const pairs = subjectMentions.flatMap((s) =>
        objectMentions.filter((o) => o !== s).map((o): MentionPair => [s, o]),
      );
      if (pairs.length === 0) continue;
      candidates.push({ head, subjectType, objectType, subjectConcept, objectConcept, pairs });
    }
  }
  return candidates;
}

/** The mentions of each concept; concepts come in the order of their first mention. */
function byConcept(mentions: readonly BlockMention[], type: EntityType): Map<string, number[]> {
  const mentionsOfConcept = new Map<string, number[]>();
  for (const [index, mention] of mentions.entries()) {
    if (mention.type !== type) continue;
    for (const concept of mention.concepts) {
      const known = mentionsOfConcept.get(concept);
      if (known === undefined) mentionsOfConcept.set(concept, [index]);
      else known.push(index);
    }
  }
  return mentionsOfConcept;
}
