/**
 * The entities of one document as an immutable value. It changes in three ways: the text is edited, a result arrives,
 * or a part of a result arrives early.
 */
import type { Abbreviation, Entity, Span } from '../../core/types';
import { rememberUnion } from './counts';
import { moveSpan, shiftOf, stretchSpan, type Edit } from '../../core/text/edits';
import { lowerBound } from './entityLookup';
import { contains, normalizeSpans, subtractSpan, touches } from './spans';

export interface AnnotationState {
  /** In document order, without overlaps. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  /** The spans that have been tagged. */
  readonly covered: readonly Span[];
  /** Spans inside `covered` that were edited since and must be tagged again. An empty span marks deleted text. */
  readonly stale: readonly Span[];
}

export const noAnnotations: AnnotationState = { entities: [], abbreviations: [], covered: [], stale: [] };

/** The entities of a tagged range; a part of `TagResult`. */
export interface RangeResult {
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  readonly covered: Span;
}

/**
 * Moves everything behind an edit. An entity whose characters were edited is removed, since the model has not read the
 * new text. The edited span becomes stale if it was covered.
 */
export function applyEdit(marks: AnnotationState, edit: Edit): AnnotationState {
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

export function applyEdits(marks: AnnotationState, edits: readonly Edit[]): AnnotationState {
  return edits.reduce(applyEdit, marks);
}

/** Copies each property explicitly: with a hundred thousand entities, object spread would delay every key press. */
export function moveEntities(entities: readonly Entity[], edit: Edit): readonly Entity[] {
  const first = firstTouched(entities, edit.start);
  if (first === entities.length) return entities;
  const moved = entities.slice(0, first);
  const shift = shiftOf(edit);
  for (let index = first; index < entities.length; index++) {
    const entity = entities[index];
    if (!entity) continue;
    if (entity.end > edit.start && entity.start < Math.max(edit.start, edit.start + edit.removed)) continue;
    const { start, end, text, name, type, probability, isInferred, concepts } = entity;
    const span = { start: start + shift, end: end + shift };
    moved.push({ ...span, text, name, type, probability, isInferred, concepts });
  }
  return moved;
}

/** Returns the index of the first entity that ends after `offset`. */
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

/** Moves a result through the edits that were made while the engine worked. Edited spans become stale. */
export function rebaseResult(
  answer: RangeResult,
  edits: readonly Edit[],
): RangeResult & { readonly stale: readonly Span[] } {
  const { entities, abbreviations, covered } = answer;
  const marks = applyEdits({ entities, abbreviations, covered: [covered], stale: [] }, edits);
  const whole = marks.covered[0] ?? { start: covered.start, end: covered.start };
  return { entities: marks.entities, abbreviations: marks.abbreviations, covered: whole, stale: marks.stale };
}

/** Replaces the entities inside the range that a result covers. */
export function replaceCovered(
  marks: AnnotationState,
  answer: RangeResult & { readonly stale?: readonly Span[] },
): AnnotationState {
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
 * Adds entities that arrive before the result is complete. Entities in covered spans are ignored, because only the
 * complete result may replace them; so are entities that overlap existing ones.
 */
export function addEarly(marks: AnnotationState, early: readonly Entity[]): AnnotationState {
  const fresh = early.filter(
    (entity) => !contains(marks.covered, entity) && !overlapsAny(marks.entities, entity),
  );
  if (fresh.length === 0) return marks;
  fresh.sort((a, b) => a.start - b.start);
  const entities = mergeSorted(marks.entities, fresh);
  rememberUnion(entities, marks.entities, fresh);
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

/** Sorts only the range that `fresh` falls into; the entities before and after it are copied as blocks. */
function mergeSorted(known: readonly Entity[], fresh: readonly Entity[]): Entity[] {
  const from = lowerBound(known, fresh[0]?.start ?? 0);
  const to = lowerBound(known, fresh.at(-1)?.start ?? 0);
  const between = [...known.slice(from, to), ...fresh].sort((a, b) => a.start - b.start);
  return known.slice(0, from).concat(between, known.slice(to));
}
