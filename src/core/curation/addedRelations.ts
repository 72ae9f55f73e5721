/**
 * Relations that a person added. They are stored as words instead of offsets, so that they survive edits and merges,
 * and are placed again in each version of the text.
 */
import { createCueFinder } from '../text/cues';
import { findVariants } from '../text/mentions';
import { splitSentences } from '../text/sentences';
import { findWords, foldWhiteSpace, unfold, type FoldedText } from '../text/whiteSpace';
import type { Cue, Entity, Relation, Span } from '../types';
import type { PlacedName, RelationDecision } from './decisions';

/** A sentence of a document, with its text as decisions store it. */
interface Sentence {
  readonly span: Span;
  readonly folded: FoldedText;
}

/**
 * @param text The document that the decisions are about.
 * @returns the relations in document order, without those whose sentence or names are no longer in the text.
 */
export function placeAdded(text: string, decisions: readonly RelationDecision[]): readonly Relation[] {
  return decisions
    .filter(({ verdict }) => verdict === 'added')
    .flatMap((decision) => place(text, decision) ?? [])
    .sort((a, b) => a.evidence.start - b.evidence.start);
}

function place(text: string, { sentence, subject, object, type }: RelationDecision): Relation | undefined {
  const [span] = findWords(text, sentence);
  if (!span) return undefined;
  const located = { span, folded: foldWhiteSpace(text.slice(span.start, span.end)) };
  const from = placeOf(subject, located.folded.text);
  const to = placeOf(object, located.folded.text);
  if (!from || !to) return undefined;
  return {
    type,
    subject: mention(from, subject, located, text),
    object: mention(to, object, located, text),
    probability: 1,
    evidence: span,
    evidenceText: located.folded.text,
    ...cuesOf(from, to, located),
  };
}

/** The place that the decision gives, or else the first occurrence of any spelling of the name. */
function placeOf({ name, at }: PlacedName, sentence: string): Span | undefined {
  if (at !== undefined && sentence.startsWith(name, at)) return { start: at, end: at + name.length };
  return findVariants(sentence, [name])[0];
}

function mention(at: Span, { type }: PlacedName, sentence: Sentence, text: string): Entity {
  const { start, end } = inDocument(at, sentence);
  const mentionText = text.slice(start, end);
  return {
    start,
    end,
    text: mentionText,
    name: sentence.folded.text.slice(at.start, at.end),
    type,
    probability: 1,
  };
}

/**
 * Cues are searched for as in relations that a model finds: not across sentences, because such a cue cannot be said to
 * apply to both names.
 */
function cuesOf(from: Span, to: Span, sentence: Sentence): Pick<Relation, 'negated' | 'speculated'> {
  const { text } = sentence.folded;
  if (splitSentences(text).length !== 1) return {};
  const { negated, speculated } = createCueFinder(text)(from, to);
  const cue = (at: Span): Cue => ({ ...inDocument(at, sentence), text: text.slice(at.start, at.end) });
  return { ...(negated && { negated: cue(negated) }), ...(speculated && { speculated: cue(speculated) }) };
}

function inDocument(at: Span, { span, folded }: Sentence): Span {
  const { start, end } = unfold(folded, at);
  return { start: span.start + start, end: span.start + end };
}

/** Two names in a document, and the span of the text that states their relation. All spans are document offsets. */
export interface NewRelation {
  readonly subject: Span & Pick<Entity, 'type'>;
  readonly object: Span & Pick<Entity, 'type'>;
  readonly evidence: Span;
  readonly type: string;
}

/**
 * The decision to store for a new relation.
 * @param document The name of the document in decisions.
 */
export function addedDecision(
  document: string,
  text: string,
  { subject, object, evidence, type }: NewRelation,
): RelationDecision {
  const { text: sentence, positions } = foldWhiteSpace(text.slice(evidence.start, evidence.end));
  const named = (name: NewRelation['subject']): PlacedName => {
    const at = positions[name.start - evidence.start] ?? 0;
    return { name: sentence.slice(at, positions[name.end - evidence.start]), type: name.type, at };
  };
  return { verdict: 'added', document, sentence, subject: named(subject), object: named(object), type };
}
