/**
 * What is known of one document's mentions, as a value: every change makes a new one. Three things happen to it:
 * the text is edited, an answer arrives, a partial answer arrives.
 */
import type { Abbreviation, Entity, Span } from '../../core/types';
import { countUnion } from './counts';
import { moveSpan, shiftOf, stretchSpan, type Edit } from '../../core/text/edits';
import { lowerBound } from './find';
import { contains, normalizeSpans, subtractSpan, touches } from './spans';

export interface Marks {
  /** In document order, without overlaps. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  /** The stretches that these mentions speak for. Elsewhere nothing has been asked yet. */
  readonly covered: readonly Span[];
  /** What was edited inside `covered` since: to be asked again. An empty span is a place where text was removed. */
  readonly stale: readonly Span[];
}

export const noMarks: Marks = { entities: [], abbreviations: [], covered: [], stale: [] };

/** The part of an answer that marks are made of; see `TagResult`. */
export interface Answer {
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  readonly covered: Span;
}

/**
 * Moves everything behind an edit. A mention whose own characters the edit changed is dropped: the model has not
 * read what stands there now. What was edited is stale as far as it was covered.
 */
export function applyEdit(marks: Marks, edit: Edit): Marks {
  const edited = { start: edit.start, end: edit.start + edit.inserted.length };
  const covered = normalizeSpans(marks.covered.map((span) => stretchSpan(span, edit)));
  const stale = marks.stale.map((span) => stretchSpan(span, edit));
  if (marks.covered.some((span) => touches(span, { start: edit.start, end: edit.start + edit.removed })))
    stale.push(edited);
  return {
    entities: moveEntities(marks.entities, edit),
    abbreviations: moveAbbreviations(marks.abbreviations, edit),
    covered,
    stale: normalizeSpans(stale),
  };
}

export function applyEdits(marks: Marks, edits: readonly Edit[]): Marks {
  return edits.reduce(applyEdit, marks);
}

/** Copies by hand: at a hundred thousand mentions, spreading objects would be felt at each key. */
export function moveEntities(entities: readonly Entity[], edit: Edit): readonly Entity[] {
  const first = firstTouched(entities, edit.start);
  if (first === entities.length) return entities;
  const moved = entities.slice(0, first);
  const shift = shiftOf(edit);
  for (let index = first; index < entities.length; index++) {
    const entity = entities[index];
    if (!entity) continue;
    if (entity.end > edit.start && entity.start < Math.max(edit.start, edit.start + edit.removed)) continue;
    const { start, end, text, name, type, probability } = entity;
    moved.push({ start: start + shift, end: end + shift, text, name, type, probability });
  }
  return moved;
}

/** Index of the first mention that ends after `offset`: the one before may reach over it. */
function firstTouched(entities: readonly Entity[], offset: number): number {
  const index = lowerBound(entities, offset);
  const previous = entities[index - 1];
  return previous && previous.end > offset ? index - 1 : index;
}

function moveAbbreviations(abbreviations: readonly Abbreviation[], edit: Edit): readonly Abbreviation[] {
  return abbreviations.flatMap((abbreviation) => {
    const short = moveSpan(abbreviation.short, edit);
    const long = moveSpan(abbreviation.long, edit);
    return short && long ? [{ ...abbreviation, short, long }] : [];
  });
}

/** An answer given before these edits, as far as it still holds. What was edited meanwhile is not covered by it. */
export function rebaseAnswer(
  answer: Answer,
  edits: readonly Edit[],
): Answer & { readonly stale: readonly Span[] } {
  const { entities, abbreviations, covered } = answer;
  const marks = applyEdits({ entities, abbreviations, covered: [covered], stale: [] }, edits);
  const whole = marks.covered[0] ?? { start: covered.start, end: covered.start };
  return { entities: marks.entities, abbreviations: marks.abbreviations, covered: whole, stale: marks.stale };
}

/** Takes an answer in: it replaces what was known inside the stretch that it covers. */
export function replaceCovered(marks: Marks, answer: Answer & { readonly stale?: readonly Span[] }): Marks {
  const { covered } = answer;
  const outside = ({ start, end }: Span): boolean => end <= covered.start || start >= covered.end;
  const keptAbbreviations = marks.abbreviations.filter(({ short }) => outside(short));
  const from = lowerBound(marks.entities, covered.start);
  const to = lowerBound(marks.entities, covered.end);
  const before = marks.entities.slice(0, from);
  const last = before.at(-1);
  if (last && !outside(last)) before.pop();
  return {
    entities: [...before, ...answer.entities, ...marks.entities.slice(to)],
    abbreviations: [...keptAbbreviations, ...answer.abbreviations].sort(
      (a, b) => a.short.start - b.short.start,
    ),
    covered: normalizeSpans([...marks.covered, covered]),
    stale: normalizeSpans([...subtractSpan(marks.stale, covered), ...(answer.stale ?? [])]),
  };
}

/**
 * Adds mentions that came ahead of their answer, where nothing was known yet: what is covered already is replaced
 * by the answer alone, and a mention that is there is not added twice.
 */
export function addEarly(marks: Marks, early: readonly Entity[]): Marks {
  const fresh = early.filter(
    (entity) => !contains(marks.covered, entity) && !overlapsAny(marks.entities, entity),
  );
  if (fresh.length === 0) return marks;
  fresh.sort((a, b) => a.start - b.start);
  const entities = mergeSorted(marks.entities, fresh);
  countUnion(entities, marks.entities, fresh);
  return { ...marks, entities };
}

function overlapsAny(entities: readonly Entity[], span: Span): boolean {
  const index = lowerBound(entities, span.start);
  const next = entities[index];
  const previous = entities[index - 1];
  return (
    (next !== undefined && next.start < span.end) || (previous !== undefined && previous.end > span.start)
  );
}

/** Copies in bulk what lies outside the stretch that `fresh` falls into. */
function mergeSorted(known: readonly Entity[], fresh: readonly Entity[]): Entity[] {
  const from = lowerBound(known, fresh[0]?.start ?? 0);
  const to = lowerBound(known, fresh.at(-1)?.start ?? 0);
  const between = [...known.slice(from, to), ...fresh].sort((a, b) => a.start - b.start);
  return known.slice(0, from).concat(between, known.slice(to));
}
