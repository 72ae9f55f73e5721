/** Decisions of a person about names, concepts and relations, and how they change what a model found. */
import { typedName } from '../characters';
import { groupBy } from '../groupBy';
import { overlaps } from '../spanOrder';
import { findVariants, nameKey } from '../text/mentions';
import type { Concept, Entity, EntityType, Relation, RelationType, Span } from '../types';

export interface CuratedName {
  readonly name: string;
  readonly type: EntityType;
}

/** Says who made a decision. */
export interface Decided {
  /** The name of the person, if it is known. */
  readonly by?: string | undefined;
}

/** A decision about a name in all documents. Spellings with the same `nameKey` are one name. */
export type EntityDecision =
  | (CuratedName & Decided & { readonly verdict: 'accepted' | 'rejected' | 'added' })
  /** `type` is the correct type, `was` is the type that the model predicts. */
  | (CuratedName & Decided & { readonly verdict: 'retyped'; readonly was: EntityType });

/** A name in the sentence of a decision. */
export interface PlacedName extends CuratedName {
  /** UTF-16 offset of the name in the sentence, if a person pointed at it. */
  readonly at?: number | undefined;
}

/** A decision about a relation in one sentence of one document. */
export interface RelationDecision extends Decided {
  readonly verdict: 'accepted' | 'rejected' | 'retyped' | 'added';
  readonly document: string;
  readonly sentence: string;
  readonly subject: PlacedName;
  readonly object: PlacedName;
  readonly type: RelationType;
  /** The type that the model predicts, if the verdict is `retyped`. */
  readonly was?: RelationType | undefined;
}

/** A decision about the concepts of a name in all documents. Spellings with the same `nameKey` are one name. */
export interface LinkDecision extends CuratedName, Decided {
  /** Usually one. Empty if the name refers to no concept. */
  readonly concepts: readonly Concept[];
}

export interface Decisions {
  readonly entities: readonly EntityDecision[];
  /** Default: none. */
  readonly links?: readonly LinkDecision[] | undefined;
  readonly relations: readonly RelationDecision[];
}

export const noDecisions: Decisions = { entities: [], relations: [] };

/** Equal for decisions about the same name: a later decision replaces an earlier one with the same key. */
export function entityDecisionKey(decision: EntityDecision): string {
  const type = decision.verdict === 'retyped' ? decision.was : decision.type;
  return `${type}\n${nameKey(decision.name)}`;
}

/** Equal for decisions about the concepts of the same name. */
export function linkDecisionKey({ name, type }: CuratedName): string {
  return `${type}\n${nameKey(name)}`;
}

export function relationDecisionKey(decision: RelationDecision): string {
  const { document, sentence, subject, object, type, was } = decision;
  return JSON.stringify([document, sentence, nameKey(subject.name), nameKey(object.name), was ?? type]);
}

/** The judgement of a person about a name that is displayed. */
export type NameJudgement =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'rejected' }
  | { readonly verdict: 'retyped'; readonly type: EntityType };

/**
 * The decision that replaces the current one about a name, or undefined if the model's prediction is valid again.
 *
 * @param name The name as displayed, with the type that `before` gave it.
 * @param before The current decision. If it added the name or changed its type, the new judgement is about the same
 *   name.
 */
export function revised(
  { name, type }: CuratedName,
  judgement: NameJudgement,
  before: EntityDecision | undefined,
): EntityDecision | undefined {
  switch (before?.verdict) {
    case 'added':
      if (judgement.verdict === 'accepted') return before;
      // The model may also find it.
      if (judgement.verdict === 'rejected') return { name, type, verdict: 'rejected' };
      return { ...before, type: judgement.type };
    case 'retyped':
      if (judgement.verdict === 'accepted') return before;
      if (judgement.verdict === 'rejected') return { name, type: before.was, verdict: 'rejected' };
      return judgement.type === before.was ? undefined : { ...before, type: judgement.type };
    default:
      if (judgement.verdict !== 'retyped') return { name, type, verdict: judgement.verdict };
      return { name, type: judgement.type, verdict: 'retyped', was: type };
  }
}

/**
 * Decisions indexed by subject, so that they can be applied to any number of documents.
 *
 * @example
 * ```ts
 * const curation = new Curation(readDecisions(file)?.decisions ?? noDecisions);
 * ```
 */
export class Curation {
  private readonly byName: ReadonlyMap<string, EntityDecision>;
  private readonly linksByName: ReadonlyMap<string, LinkDecision>;
  private readonly byRelation: ReadonlyMap<string, RelationDecision>;
  private readonly addedNames: ReadonlyMap<string, EntityDecision>;
  private readonly addedByDocument: ReadonlyMap<string, readonly RelationDecision[]>;

  constructor(readonly decisions: Decisions) {
    this.byName = new Map(decisions.entities.map((each) => [entityDecisionKey(each), each]));
    this.linksByName = new Map(decisions.links?.map((each) => [linkDecisionKey(each), each]));
    this.byRelation = new Map(decisions.relations.map((each) => [relationDecisionKey(each), each]));
    const added = decisions.entities.filter(({ verdict }) => verdict === 'added');
    this.addedNames = new Map(added.map((each) => [nameKey(each.name), each]));
    this.addedByDocument = groupBy(
      decisions.relations.filter(({ verdict }) => verdict === 'added'),
      ({ document }) => document,
    );
  }

  get isEmpty(): boolean {
    return this.byName.size === 0 && this.linksByName.size === 0 && this.byRelation.size === 0;
  }

  /** A string that changes with every decision about entities or their concepts. It is empty without decisions. */
  get fingerprint(): string {
    const all = [...this.byName.values(), ...this.linksByName.values()];
    return all.length === 0 ? '' : JSON.stringify(all);
  }

  /** The decision about the name with this type, or else about a name that a person added. */
  decisionFor({ name, type }: CuratedName): EntityDecision | undefined {
    const key = nameKey(name);
    return this.byName.get(`${type}\n${key}`) ?? this.addedNames.get(key);
  }

  private isRejected(name: CuratedName): boolean {
    return this.byName.size > 0 && this.decisionFor(name)?.verdict === 'rejected';
  }

  /** The decision about the concepts of a name, if there is one. */
  linkFor(name: CuratedName): LinkDecision | undefined {
    return this.linksByName.size === 0 ? undefined : this.linksByName.get(linkDecisionKey(name));
  }

  /**
   * Applies the decisions to a model's entities: rejected ones are removed, types are corrected, and checked entities
   * get the probability 1. An entity of another type is not linked any more, since its concept has the former type.
   */
  entities(entities: readonly Entity[]): readonly Entity[] {
    if (this.byName.size === 0) return entities;
    return entities.flatMap((entity): readonly Entity[] => {
      const decision = this.decisionFor(entity);
      if (!decision) return [entity];
      if (decision.verdict === 'rejected') return [];
      const checked = { ...entity, type: decision.type, probability: 1 };
      return [decision.type === entity.type ? checked : { ...checked, concepts: undefined }];
    });
  }

  /** Links the mentions of names whose concepts a person chose. Call it for entities with their corrected types. */
  linked(entities: readonly Entity[]): readonly Entity[] {
    if (this.linksByName.size === 0) return entities;
    return entities.map((entity) => {
      const concepts = this.linkFor(entity)?.concepts;
      if (concepts === undefined) return entity;
      const links = concepts.map((concept) => ({ ...concept, method: 'user' as const }));
      return { ...entity, concepts: links.length === 0 ? undefined : links };
    });
  }

  /**
   * Adds mentions of names that a person added. Where the model found only a part of the name, as `ABL` in `BCR-ABL`, the
   * whole name takes its place; otherwise a mention that the model found stays.
   *
   * @param text The whole document.
   * @param covered The span of the document to search.
   * @returns all mentions in document order.
   */
  withAdded(entities: readonly Entity[], text: string, covered: Span): readonly Entity[] {
    if (this.addedNames.size === 0) return entities;
    const stretch = text.slice(covered.start, covered.end);
    const all = [...entities];
    for (const { name, type } of this.addedNames.values()) {
      for (const span of findVariants(stretch, [name])) {
        const start = covered.start + span.start;
        const end = covered.start + span.end;
        const inside = (entity: Span): boolean => start <= entity.start && entity.end <= end;
        const touched = all.filter((entity) => overlaps(entity, { start, end }));
        if (touched.some((entity) => !inside(entity) || entity.end - entity.start === end - start)) continue;
        for (const part of touched) all.splice(all.indexOf(part), 1);
        const mentionText = text.slice(start, end);
        all.push({
          start,
          end,
          text: mentionText,
          name: typedName(mentionText),
          type,
          probability: 1,
        });
      }
    }
    return all.sort((a, b) => a.start - b.start);
  }

  /**
   * The decision about a relation, if there is one.
   * @param document The name of the document in decisions.
   * @param sentence The evidence without markup.
   */
  relation(document: string, sentence: string, relation: Relation): RelationDecision | undefined {
    const { subject, object, type } = relation;
    return this.byRelation.get(
      relationDecisionKey({ verdict: 'accepted', document, sentence, subject, object, type }),
    );
  }

  /**
   * The relation with its corrected type, or undefined if a person rejected it or one of its names. Parameters as in
   * {@link relation}.
   */
  shownRelation(document: string, sentence: string, relation: Relation): Relation | undefined {
    const decision = this.relation(document, sentence, relation);
    if (!decision) {
      const isOfRejected = [relation.subject, relation.object].some((name) => this.isRejected(name));
      return isOfRejected ? undefined : relation;
    }
    return decision.verdict === 'rejected' ? undefined : { ...relation, type: decision.type };
  }

  /** The documents, by their names in decisions, in which a person added relations. */
  get documentsWithAdded(): readonly string[] {
    return [...this.addedByDocument.keys()];
  }

  addedRelations(document: string): readonly RelationDecision[] {
    return this.addedByDocument.get(document) ?? [];
  }
}
