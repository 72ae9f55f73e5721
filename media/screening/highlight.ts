/** Divides a text where marks begin and end. Without side effects. */
import type { Span } from '../../src/core/types';
import type { EntityMark } from '../../src/protocol/screening';

/** The places of one group of keywords. */
export interface GroupSpans {
  /** Index of the group in the review; it decides the colour. */
  readonly group: number;
  readonly name: string;
  /** Sorted, and without overlap. */
  readonly spans: readonly Span[];
}

/** A stretch of text with the same marks. */
export interface Piece extends Span {
  readonly entity?: EntityMark | undefined;
  readonly groups: readonly Omit<GroupSpans, 'spans'>[];
}

/**
 * Divides a text into pieces that cover it without gaps. Where entities overlap, the one that begins first counts.
 * Entities that do not lie in the text are left out.
 */
export function piecesOf(
  text: string,
  entities: readonly EntityMark[],
  groups: readonly GroupSpans[],
): readonly Piece[] {
  const sound = separate(entities.filter(({ start, end }) => start < end && end <= text.length));
  const spans = [...sound, ...groups.flatMap((group) => group.spans)];
  const borders = new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const places = [...borders].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => ({
    start,
    end: places[index + 1] ?? text.length,
    entity: sound.find((entity) => covers(entity, start)),
    groups: groups
      .filter((group) => group.spans.some((span) => covers(span, start)))
      .map(({ group, name }) => ({ group, name })),
  }));
}

function covers({ start, end }: Span, place: number): boolean {
  return start <= place && place < end;
}

function separate(entities: readonly EntityMark[]): readonly EntityMark[] {
  const kept: EntityMark[] = [];
  for (const entity of [...entities].sort((a, b) => a.start - b.start || b.end - a.end))
    if (entity.start >= (kept.at(-1)?.end ?? 0)) kept.push(entity);
  return kept;
}
