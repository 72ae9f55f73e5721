import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Abbreviation, Entity, Span } from '../../../../src/core/types';
import type { Edit } from '../../../../src/core/text/edits';
import {
  addEarly,
  applyEdit,
  applyEdits,
  noAnnotations,
  rebaseResult,
  replaceCovered,
  type AnnotationState,
} from '../../../../src/editor/annotations/annotationState';
import { entity } from '../support';

const text = 'BRCA1 and TP53 in breast cancer; tamoxifen helps.';
const whole = { start: 0, end: text.length };
const entities = [
  entity(text, 'BRCA1'),
  entity(text, 'TP53'),
  entity(text, 'breast cancer', 'Disease'),
  entity(text, 'tamoxifen', 'Chemical'),
];
const marks: AnnotationState = { entities, abbreviations: [], covered: [whole], stale: [] };

const namesOf = ({ entities: list }: Pick<AnnotationState, 'entities'>): string[] =>
  list.map(({ name }) => name);
const applyTo = (before: string, { start, removed, inserted }: Edit): string =>
  before.slice(0, start) + inserted + before.slice(start + removed);

describe('applyEdit', () => {
  it('moves an entity behind the edit', () => {
    const edit = { start: 0, removed: 0, inserted: 'Both ' };
    const after = applyEdit(marks, edit);
    const edited = applyTo(text, edit);
    expect(after.entities.map(({ start, end }) => edited.slice(start, end))).toEqual(namesOf(marks));
  });

  it('keeps the concepts of an entity that it moves, and that it was inferred', () => {
    const concepts = [{ id: 'NCBIGene:672', name: 'BRCA1', source: 'HGNC', method: 'name' }] as const;
    const linked = { ...entity(text, 'BRCA1'), concepts, isInferred: true } as const;
    const after = applyEdit({ ...marks, entities: [linked] }, { start: 0, removed: 0, inserted: 'Both ' });
    expect(after.entities).toEqual([{ ...linked, start: 5, end: 10 }]);
  });

  it('removes an entity that was edited, since the model has not read the new text', () => {
    const after = applyEdit(marks, { start: text.indexOf('TP53') + 2, removed: 1, inserted: '6' });
    expect(namesOf(after)).toEqual(['BRCA1', 'breast cancer', 'tamoxifen']);
  });

  it('removes an entity into which text was inserted', () => {
    expect(namesOf(applyEdit(marks, { start: 2, removed: 0, inserted: '-' }))).not.toContain('BRCA1');
  });

  it('keeps the characters of an entity when text is inserted at its border', () => {
    const end = applyEdit(marks, { start: 5, removed: 0, inserted: '2' });
    expect(end.entities[0]).toMatchObject({ start: 0, end: 5 });
    const start = applyEdit(marks, { start: 0, removed: 0, inserted: 'x' });
    expect(start.entities[0]).toMatchObject({ start: 1, end: 6 });
  });

  it('removes everything and makes everything stale when the whole text is replaced', () => {
    const after = applyEdit(marks, { start: 0, removed: text.length, inserted: 'new' });
    expect(after).toMatchObject({
      entities: [],
      covered: [{ start: 0, end: 3 }],
      stale: [{ start: 0, end: 3 }],
    });
  });

  it('makes only the covered part of an edited span stale', () => {
    const part: AnnotationState = { ...marks, entities: [], covered: [{ start: 0, end: 14 }] };
    expect(applyEdit(part, { start: 10, removed: 4, inserted: 'p53' }).stale).toEqual([
      { start: 10, end: 13 },
    ]);
    expect(applyEdit(part, { start: 20, removed: 4, inserted: 'p53' }).stale).toEqual([]);
  });

  it('extends the covered span when text is inserted at its end or beginning', () => {
    expect(applyEdit(marks, { start: text.length, removed: 0, inserted: ' More.' }).covered).toEqual([
      { start: 0, end: text.length + 6 },
    ]);
    expect(applyEdit(marks, { start: 0, removed: 0, inserted: 'So ' }).covered).toEqual([
      { start: 0, end: text.length + 3 },
    ]);
  });

  it('makes the place of deleted text stale', () => {
    expect(applyEdit(marks, { start: 6, removed: 4, inserted: '' }).stale).toEqual([{ start: 6, end: 6 }]);
  });

  it('moves abbreviations and removes edited ones', () => {
    const abbreviation: Abbreviation = {
      short: { start: 21, end: 23 },
      long: { start: 4, end: 19 },
      shortText: 'HF',
      longText: 'hearts that fail',
    };
    const known: AnnotationState = { ...noAnnotations, abbreviations: [abbreviation] };
    expect(applyEdit(known, { start: 0, removed: 0, inserted: 'ab' }).abbreviations[0]?.short).toEqual({
      start: 23,
      end: 25,
    });
    expect(applyEdit(known, { start: 5, removed: 1, inserted: '' }).abbreviations).toEqual([]);
  });
});

const edits = fc.array(
  fc.record({ at: fc.nat(80), removed: fc.nat(12), inserted: fc.string({ maxLength: 8 }) }),
  { maxLength: 12 },
);

/** Moves each edit into the bounds of the text to which it is applied. */
function fitted(raw: readonly { at: number; removed: number; inserted: string }[]): {
  list: Edit[];
  after: string;
} {
  let after = text;
  const list = raw.map(({ at, removed, inserted }) => {
    const start = Math.min(at, after.length);
    const edit = { start, removed: Math.min(removed, after.length - start), inserted };
    after = applyTo(after, edit);
    return edit;
  });
  return { list, after };
}

describe('annotations after random edits', () => {
  it('keep the characters of each remaining entity', () => {
    let remaining = 0;
    fc.assert(
      fc.property(edits, (raw) => {
        const { list, after } = fitted(raw);
        const { entities } = applyEdits(marks, list);
        for (const each of entities) expect(after.slice(each.start, each.end)).toBe(each.text);
        remaining += entities.length;
      }),
    );
    expect(remaining).toBeGreaterThan(0);
  });

  it('are stale at each place that differs', () => {
    fc.assert(
      fc.property(edits, (raw) => {
        const { list, after } = fitted(raw);
        const { stale, covered } = applyEdits(marks, list);
        expect(covered).toEqual([{ start: 0, end: after.length }]);
        // The text that is not stale is also in the original text, in the same order.
        const kept = complement(stale, after.length).map(({ start, end }) => after.slice(start, end));
        let from = 0;
        for (const piece of kept) {
          const at = text.indexOf(piece, from);
          expect(at).toBeGreaterThanOrEqual(0);
          from = at + piece.length;
        }
      }),
    );
  });
});

function complement(spans: readonly Span[], length: number): Span[] {
  const borders = [0, ...spans.flatMap(({ start, end }) => [start, end]), length];
  return Array.from({ length: borders.length / 2 }, (_, index) => ({
    start: borders[2 * index] ?? 0,
    end: borders[2 * index + 1] ?? 0,
  }));
}

describe('replaceCovered', () => {
  it('replaces the entities of the covered range and keeps the others', () => {
    const covered = { start: 0, end: 15 };
    const after = replaceCovered(marks, {
      entities: [entity(text, 'TP53', 'Disease')],
      abbreviations: [],
      covered,
    });
    expect(after.entities.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'TP53 Disease',
      'breast cancer Disease',
      'tamoxifen Chemical',
    ]);
  });

  it('removes the covered range from the stale spans', () => {
    const edited = applyEdit(marks, { start: 10, removed: 4, inserted: 'p53' });
    const after = replaceCovered(edited, { entities: [], abbreviations: [], covered: { start: 8, end: 20 } });
    expect(after.stale).toEqual([]);
  });

  it('accepts a result that was moved through edits, without edited entities', () => {
    const answer = { entities, abbreviations: [], covered: whole };
    const rebased = rebaseResult(answer, [
      { start: 0, removed: 0, inserted: 'Both ' },
      { start: 5 + text.indexOf('tamoxifen'), removed: 1, inserted: 'T' },
    ]);
    expect(rebased.entities.map(({ name, start }) => [name, start])).toEqual([
      ['BRCA1', 5],
      ['TP53', 15],
      ['breast cancer', 23],
    ]);
    const after = replaceCovered(noAnnotations, rebased);
    expect(after.covered).toEqual([{ start: 0, end: text.length + 5 }]);
    expect(after.stale).toHaveLength(2);
  });

  it('is preceded by early entities only in untagged text, without duplicates', () => {
    const first = addEarly(noAnnotations, entities.slice(2));
    const both = addEarly(first, entities);
    expect(namesOf(both)).toEqual(namesOf(marks));
    expect(addEarly(both, entities)).toBe(both);
    expect(addEarly({ ...noAnnotations, covered: [whole] }, entities).entities).toEqual([]);
  });
});

describe('a hundred thousand entities', () => {
  it('move with an edit, except the edited one', () => {
    const many: Entity[] = Array.from({ length: 100_000 }, (_, index) => ({
      ...entity('IL6', 'IL6'),
      start: index * 10,
      end: index * 10 + 3,
    }));
    const large: AnnotationState = {
      ...noAnnotations,
      entities: many,
      covered: [{ start: 0, end: 1_000_000 }],
    };
    const after = applyEdit(large, { start: 500_001, removed: 0, inserted: 'x' });
    expect(after.entities).toHaveLength(99_999);
    expect(after.entities.at(-1)?.start).toBe(999_991);
  });
});
