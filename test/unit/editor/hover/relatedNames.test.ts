import { describe, expect, it } from 'vitest';
import type { Entity, Relation } from '../../../../src/core/types';
import { relatedNames } from '../../../../src/editor/hover/relatedNames';

function name(text: string, type = 'Gene'): Entity {
  return { start: 0, end: text.length, text, name: text, type, probability: 1 };
}

function relation(subject: Entity, object: Entity, probability: number, negated = false): Relation {
  const evidence = { start: 0, end: 9 };
  const cue = negated ? { start: 0, end: 3, text: 'not' } : undefined;
  return { type: 'association', subject, object, probability, evidence, evidenceText: '', negated: cue };
}

describe('relatedNames', () => {
  it('returns each related name once, most probable first, from both sides, without negated relations', () => {
    const found = relatedNames(name('BRCA1'), [
      relation(name('BRCA1'), name('breast cancer', 'Disease'), 0.7),
      relation(name('olaparib', 'Chemical'), name('Brca-1'), 0.9),
      relation(name('BRCA1'), name('Breast Cancer', 'Disease'), 0.8),
      relation(name('BRCA1'), name('asthma', 'Disease'), 0.9, true),
      relation(name('TP53'), name('glioma', 'Disease'), 0.9),
    ]);
    expect(found.map((each) => [each.name, each.probability])).toEqual([
      ['olaparib', 0.9],
      ['Breast Cancer', 0.8],
    ]);
  });
});
