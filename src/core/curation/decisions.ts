/** What a person has said of names and relations, and how it changes what a model found. */
import { grouped } from '../grouped';
import { findVariants, nameKey } from '../text/mentions';
import type { Entity, EntityType, Relation, RelationType, Span } from '../types';

export interface CuratedName {
  readonly name: string;
  readonly type: EntityType;
}

/** About a name, wherever it stands: spellings that `nameKey` folds count as one. */
export type EntityDecision =
  | (CuratedName & { readonly verdict: 'accepted' | 'rejected' | 'added' })
  /** `type` is right, `was` is what the model says. */
  | (CuratedName & { readonly verdict: 'retyped'; readonly was: EntityType });

/** A name in the sentence that a decision is about. */
export interface PlacedName extends CuratedName {
  /** UTF-16 offset in the sentence, where a person pointed at it. */
  readonly at?: number | undefined;
}

/** About one sentence of one document. */
export interface RelationDecision {
  readonly verdict: 'accepted' | 'rejected' | 'retyped' | 'added';
  readonly document: string;
  readonly sentence: string;
  readonly subject: PlacedName;
  readonly object: PlacedName;
  readonly type: RelationType;
  /** What the model says, where the verdict is `retyped`. */
  readonly was?: RelationType | undefined;
}

export interface Decisions {
  readonly entities: readonly EntityDecision[];
  readonly relations: readonly RelationDecision[];
}

export const noDecisions: Decisions = { entities: [], relations: [] };

/** Equal for decisions about the same thing: the later takes the earlier's place. */
export function entityDecisionKey(decision: EntityDecision): string {
  const type = decision.verdict === 'retyped' ? decision.was : decision.type;
  return `${type}\n${nameKey(decision.name)}`;
}

export function relationDecisionKey(decision: RelationDecision): string {
  const { document, sentence, subject, object, type, was } = decision;
  return JSON.stringify([document, sentence, nameKey(subject.name), nameKey(object.name), was ?? type]);
}

/** What a person says of a name that is on show. */
export type NameJudgement =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'rejected' }
  | { readonly verdict: 'retyped'; readonly type: EntityType };

/**
 * The decision that takes the place of the one by which a name is on show; undefined: the model's word holds again.
 *
 * @param name As it is shown, so with the type that `before` gave it.
 * @param before As it stands in the decisions: of a name that was added or has another type than the model says, what is
 *   said now is about the same name still.
 */
export function revised(
  { name, type }: CuratedName,
  judgement: NameJudgement,
  before: EntityDecision | undefined,
): EntityDecision | undefined {
  switch (before?.verdict) {
    case 'added':
      if (judgement.verdict === 'accepted') return before;
      // The model may find it, too.
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

/** Decisions by what they are about, ready to be applied to any number of documents. */
export class Curation {
  private readonly byName: ReadonlyMap<string, EntityDecision>;
  private readonly byRelation: ReadonlyMap<string, RelationDecision>;
  private readonly addedNames: ReadonlyMap<string, EntityDecision>;
  private readonly addedByDocument: ReadonlyMap<string, readonly RelationDecision[]>;

  constructor(readonly decisions: Decisions) {
    this.byName = new Map(decisions.entities.map((each) => [entityDecisionKey(each), each]));
    this.byRelation = new Map(decisions.relations.map((each) => [relationDecisionKey(each), each]));
    const added = decisions.entities.filter(({ verdict }) => verdict === 'added');
    this.addedNames = new Map(added.map((each) => [nameKey(each.name), each]));
    this.addedByDocument = grouped(
      decisions.relations.filter(({ verdict }) => verdict === 'added'),
      ({ document }) => document,
    );
  }

  get isEmpty(): boolean {
    return this.byName.size === 0 && this.byRelation.size === 0;
  }

  /** Changes when decisions about entities do; empty without any. */
  get fingerprint(): string {
    return this.byName.size === 0 ? '' : JSON.stringify([...this.byName.values()]);
  }

  /** What was said of the name with this type; else, of a name that a person added, what they said that it is. */
  decisionFor({ name, type }: CuratedName): EntityDecision | undefined {
    const key = nameKey(name);
    return this.byName.get(`${type}\n${key}`) ?? this.addedNames.get(key);
  }

  /** What is left of a model's mentions, with the types that a person gave; checked ones are certain. */
  entities(found: readonly Entity[]): readonly Entity[] {
    if (this.byName.size === 0) return found;
    return found.flatMap((entity): readonly Entity[] => {
      const decision = this.decisionFor(entity);
      if (!decision) return [entity];
      if (decision.verdict === 'rejected') return [];
      return [{ ...entity, type: decision.type, probability: 1 }];
    });
  }

  /**
   * Mentions of names that a person added, where the model has none.
   *
   * @param text The whole document; `covered` is the stretch to look at.
   * @returns all mentions in document order.
   */
  withAdded(found: readonly Entity[], text: string, covered: Span): readonly Entity[] {
    if (this.addedNames.size === 0) return found;
    const stretch = text.slice(covered.start, covered.end);
    const all = [...found];
    for (const { name, type } of this.addedNames.values()) {
      for (const span of findVariants(stretch, [name])) {
        const start = covered.start + span.start;
        const end = covered.start + span.end;
        if (all.some((entity) => entity.start < end && start < entity.end)) continue;
        const own = text.slice(start, end);
        all.push({ start, end, text: own, name: own.replace(/\s+/g, ' '), type, probability: 1 });
      }
    }
    return all.sort((a, b) => a.start - b.start);
  }

  /** @param document As decisions name it. @param sentence The evidence as a reader sees it. */
  relation(document: string, sentence: string, relation: Relation): RelationDecision | undefined {
    const { subject, object, type } = relation;
    return this.byRelation.get(
      relationDecisionKey({ verdict: 'accepted', document, sentence, subject, object, type }),
    );
  }

  /** As a person wants to see it; undefined for what they rejected. Parameters as {@link relation}. */
  shownRelation(document: string, sentence: string, relation: Relation): Relation | undefined {
    const decision = this.relation(document, sentence, relation);
    if (!decision) return relation;
    return decision.verdict === 'rejected' ? undefined : { ...relation, type: decision.type };
  }

  /** Documents, as decisions name them, in which a person added relations. */
  get documentsWithAdded(): readonly string[] {
    return [...this.addedByDocument.keys()];
  }

  addedRelations(document: string): readonly RelationDecision[] {
    return this.addedByDocument.get(document) ?? [];
  }
}
