/** What the editor's selections say of a relation that is to be added: its names and its sentence. Pure. */
import { toDocument } from '../../core/documents/place';
import type { Entity, Span, TextPassage } from '../../core/types';

/** A name that may take part; without a type until the reader gives it one. */
export interface DraftName extends Span {
  readonly name: string;
  readonly type: string | undefined;
}

export interface Draft {
  /** In document order; at least two. */
  readonly names: readonly DraftName[];
  readonly evidence: Span;
}

export type DraftProblem = 'too-many' | 'no-sentence' | 'too-few' | 'too-far';

/** A relation is told in a sentence or a few; what stands further apart is not one statement. */
const farthest = 1500;

/**
 * @param selections Spans of the document; one that is empty is the caret.
 * @param entities All that are marked, in document order.
 */
export function draftRelation(
  text: string,
  passages: readonly TextPassage[],
  entities: readonly Entity[],
  selections: readonly Span[],
): Draft | DraftProblem {
  const selected = selections.map((span) => trimmed(text, span)).filter(({ start, end }) => start < end);
  if (selected.length > 2) return 'too-many';
  const sentences = sentencesOf(passages);
  const [caret] = selections;
  const places = selected.length > 0 ? selected : caret ? [caret] : [];
  const from = sentences.find(({ end }) => end >= Math.min(...places.map(({ start }) => start)));
  const to = sentences.findLast(({ start }) => start < Math.max(...places.map(({ end }) => end + 1)));
  if (!from || !to || to.start < from.start) return 'no-sentence';
  const evidence = { start: from.start, end: to.end };
  if (evidence.end - evidence.start > farthest) return 'too-far';
  const names = selected.map((span) => nameAt(text, span, entities));
  if (names.length === 2) return { names: names.sort((a, b) => a.start - b.start), evidence };
  const isSentence = names.some((name) => entities.filter((each) => contains(name, each)).length > 1);
  const own = isSentence ? [] : names;
  const marked = entities
    .filter((each) => contains(evidence, each) && !own.some((name) => touches(name, each)))
    .map(({ start, end, name, type }) => ({ start, end, name, type }));
  const all = [...own, ...marked].sort((a, b) => a.start - b.start);
  return all.length < 2 ? 'too-few' : { names: all, evidence };
}

function sentencesOf(passages: readonly TextPassage[]): readonly Span[] {
  return passages
    .flatMap((passage) => passage.sentences.map(({ start, end }) => toDocument(passage, start, end)))
    .sort((a, b) => a.start - b.start);
}

/** The mention that the selection means: the very one, or the one that it lies in. */
function nameAt(text: string, span: Span, entities: readonly Entity[]): DraftName {
  const entity = entities.find((each) => contains(each, span));
  const { start, end } = entity ?? span;
  const name = entity?.name ?? text.slice(start, end).replace(/\s+/g, ' ');
  return { start, end, name, type: entity?.type };
}

function trimmed(text: string, { start, end }: Span): Span {
  const own = text.slice(start, end);
  return { start: start + (own.length - own.trimStart().length), end: start + own.trimEnd().length };
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
