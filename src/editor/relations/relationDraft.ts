/** Derives the names and the sentence of a relation that is to be added from the editor's selections. Pure. */
import { toDocument } from '../../core/documents/place';
import type { Entity, Span, TextPassage } from '../../core/types';

/** A name that may take part in the relation. Its type is undefined until the user chooses one. */
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

/** Maximum length of the evidence, in characters. Names that are further apart are not part of one statement. */
const maxEvidenceLength = 1500;

/**
 * Finds the candidates for the two ends of a relation, and the sentences from the first candidate to the last.
 *
 * Two selections name both ends. One selected name is combined with the marked names of its sentence. A caret, or a
 * selection that contains several marked names, stands for all marked names of the sentence.
 *
 * @param selections Spans of the document; an empty span is a caret.
 * @param entities The marked entities, in document order.
 * @returns why there is no draft, if the selections do not describe a relation.
 */
export function draftRelation(
  text: string,
  passages: readonly TextPassage[],
  entities: readonly Entity[],
  selections: readonly Span[],
): Draft | DraftProblem {
  const selected = selections.map((span) => trimmed(text, span)).filter(({ start, end }) => start < end);
  if (selected.length > 2) return 'too-many';
  const sentences = documentSentences(passages);
  const [caret] = selections;
  const places = selected.length > 0 ? selected : caret ? [caret] : [];
  const from = sentences.find(({ end }) => end >= Math.min(...places.map(({ start }) => start)));
  const to = sentences.findLast(({ start }) => start < Math.max(...places.map(({ end }) => end + 1)));
  if (!from || !to || to.start < from.start) return 'no-sentence';
  const evidence = { start: from.start, end: to.end };
  if (evidence.end - evidence.start > maxEvidenceLength) return 'too-far';
  const names = selected.map((span) => nameAt(text, span, entities));
  if (names.length === 2) return { names: names.sort((a, b) => a.start - b.start), evidence };
  const isSentence = names.some((name) => entities.filter((each) => contains(name, each)).length > 1);
  const selectedNames = isSentence ? [] : names;
  const marked = entities
    .filter((each) => contains(evidence, each) && !selectedNames.some((name) => touches(name, each)))
    .map(({ start, end, name, type }) => ({ start, end, name, type }));
  const all = [...selectedNames, ...marked].sort((a, b) => a.start - b.start);
  return all.length < 2 ? 'too-few' : { names: all, evidence };
}

function documentSentences(passages: readonly TextPassage[]): readonly Span[] {
  return passages
    .flatMap((passage) => passage.sentences.map(({ start, end }) => toDocument(passage, start, end)))
    .sort((a, b) => a.start - b.start);
}

/** Returns the marked entity that contains the selection, or else the selection itself. */
function nameAt(text: string, span: Span, entities: readonly Entity[]): DraftName {
  const entity = entities.find((each) => contains(each, span));
  const { start, end } = entity ?? span;
  const name = entity?.name ?? text.slice(start, end).replace(/\s+/g, ' ');
  return { start, end, name, type: entity?.type };
}

function trimmed(text: string, { start, end }: Span): Span {
  const selected = text.slice(start, end);
  return {
    start: start + (selected.length - selected.trimStart().length),
    end: start + selected.trimEnd().length,
  };
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
