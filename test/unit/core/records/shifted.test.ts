import { describe, expect, it } from 'vitest';
import {
  shiftedAbbreviations,
  shiftedEntities,
  shiftedRelations,
} from '../../../../src/core/records/shifted';
import type { Entity, Relation } from '../../../../src/core/types';

const entity: Entity = { start: 2, end: 5, text: 'TNF', name: 'TNF', type: 'Gene', probability: 0.9 };

describe('what was found in a part of a file', () => {
  it('is moved to its place in the file', () => {
    expect(shiftedEntities([entity], 10)).toEqual([{ ...entity, start: 12, end: 15 }]);
    const short = {
      short: { start: 2, end: 5 },
      long: { start: 0, end: 1 },
      shortText: 'TNF',
      longText: 'T',
    };
    expect(shiftedAbbreviations([short], -1)).toEqual([
      { ...short, short: { start: 1, end: 4 }, long: { start: -1, end: 0 } },
    ]);
  });

  it('is moved with its sentence and the words that deny or weaken it', () => {
    const relation: Relation = {
      subject: entity,
      object: { ...entity, start: 8, end: 11 },
      type: 'inhibitor',
      probability: 0.8,
      evidence: { start: 0, end: 20 },
      evidenceText: 'A sentence.',
      negated: { start: 6, end: 7, text: 'no' },
    };
    const [moved] = shiftedRelations([relation], 100);
    expect(moved).toMatchObject({
      subject: { start: 102 },
      object: { start: 108 },
      evidence: { start: 100, end: 120 },
      negated: { start: 106, end: 107 },
    });
  });

  it('stays the same object without a shift', () => {
    const all = [entity];
    expect(shiftedEntities(all, 0)).toBe(all);
  });
});
