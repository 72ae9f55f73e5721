import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, type GroupSpans } from '../../../../media/screening/highlight';
import type { EntityMark } from '../../../../src/protocol/screening';

function entity(start: number, end: number, type = 'Gene'): EntityMark {
  return { start, end, type, typeName: type };
}

function group(index: number, ...spans: readonly (readonly [number, number])[]): GroupSpans {
  return { group: index, name: `g${index}`, spans: spans.map(([start, end]) => ({ start, end })) };
}

/** `abc|E|0` for a piece with an entity and a group. */
function drawn(
  text: string,
  entities: readonly EntityMark[],
  groups: readonly GroupSpans[],
): readonly string[] {
  return piecesOf(text, entities, groups).map(({ start, end, entity: mark, groups: of }) =>
    [text.slice(start, end), mark ? 'E' : '', of.map((each) => each.group).join('')].join('|'),
  );
}

describe('the pieces of a text', () => {
  it('are divided where keywords and entities overlap in part', () => {
    expect(drawn('of breast cancer risk', [entity(3, 16)], [group(0, [10, 21]), group(1, [10, 16])])).toEqual(
      ['of ||', 'breast |E|', 'cancer|E|01', ' risk||0'],
    );
  });

  it('keep the first of two overlapping entities, and none outside of the text', () => {
    expect(drawn('abcdef', [entity(2, 5), entity(0, 3), entity(4, 9), entity(5, 5)], [])).toEqual([
      'abc|E|',
      'def||',
    ]);
    expect(drawn('', [], [])).toEqual([]);
  });

  it('cover any text without gaps, and mark exactly what the spans cover', () => {
    const span = fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(
        fc.string({ minLength: 30, maxLength: 30 }),
        fc.array(span),
        fc.array(span),
        (text, marks, words) => {
          const kept = words.filter(([start, end]) => start < end && end <= text.length);
          const groups = [group(0, ...kept)];
          const pieces = piecesOf(
            text,
            marks.map(([start, end]) => entity(start, end)),
            groups,
          );
          expect(pieces.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
          for (const piece of pieces)
            for (let place = piece.start; place < piece.end; place++)
              expect(piece.groups.length > 0).toBe(
                kept.some(([start, end]) => start <= place && place < end),
              );
        },
      ),
    );
  });
});
