/** Relations that a person added: noted as words, so that they outlive edits and merges, and placed anew in each text. */
import { createCueFinder } from '../text/cues';
import { findVariants } from '../text/mentions';
import { splitSentences } from '../text/sentences';
import { findWords, foldWhiteSpace, unfold, type FoldedText } from '../text/whiteSpace';
import type { Cue, Entity, Relation, Span } from '../types';
import type { PlacedName, RelationDecision } from './decisions';

/** A sentence of a document, and what of it a decision keeps. */
interface Sentence {
  readonly span: Span;
  readonly folded: FoldedText;
}

/**
 * @param text The document that the decisions are about.
 * @returns in document order; what does not stand in the text any more is left out.
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
  const found = { span, folded: foldWhiteSpace(text.slice(span.start, span.end)) };
  const from = placeOf(subject, found.folded.text);
  const to = placeOf(object, found.folded.text);
  if (!from || !to) return undefined;
  return {
    type,
    subject: mention(from, subject, found, text),
    object: mention(to, object, found, text),
    probability: 1,
    evidence: span,
    evidenceText: found.folded.text,
    ...cuesOf(from, to, found),
  };
}

/** Where it was noted, else the first place of the name in whatever spelling. */
function placeOf({ name, at }: PlacedName, sentence: string): Span | undefined {
  if (at !== undefined && sentence.startsWith(name, at)) return { start: at, end: at + name.length };
  return findVariants(sentence, [name])[0];
}

function mention(at: Span, { type }: PlacedName, sentence: Sentence, text: string): Entity {
  const { start, end } = inDocument(at, sentence);
  const own = text.slice(start, end);
  return { start, end, text: own, name: sentence.folded.text.slice(at.start, at.end), type, probability: 1 };
}

/** As for relations that a model finds: across sentences, no cue can be said to bear on both names. */
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

/** Two names in the text of one document, and the stretch that tells how they are related. Document offsets. */
export interface NewRelation {
  readonly subject: Span & Pick<Entity, 'type'>;
  readonly object: Span & Pick<Entity, 'type'>;
  readonly evidence: Span;
  readonly type: string;
}

/** What is kept of it. @param document As decisions name it. */
export function addedDecision(
  document: string,
  text: string,
  { subject, object, evidence, type }: NewRelation,
): RelationDecision {
  const { text: sentence, place: places } = foldWhiteSpace(text.slice(evidence.start, evidence.end));
  const named = (name: NewRelation['subject']): PlacedName => {
    const at = places[name.start - evidence.start] ?? 0;
    return { name: sentence.slice(at, places[name.end - evidence.start]), type: name.type, at };
  };
  return { verdict: 'added', document, sentence, subject: named(subject), object: named(object), type };
}
