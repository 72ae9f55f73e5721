import { describe, expect, it } from 'vitest';
import { UserTermFinder } from '../../../../src/core/linking/userTermMarks';
import type { Entity, Segment } from '../../../../src/core/types';

const text = 'The LEAP-2 trial of drug X-1 in Xanadu fever.';
const { length } = text;
const segments: Segment[] = [
  { text, base: 0, runs: [{ start: 0, length, documentStart: 0, documentLength: length }] },
];

function mention(name: string, type: string): Entity {
  const start = text.indexOf(name);
  return { start, end: start + name.length, text: name, name, type, probability: 0.6 };
}

describe('terms of the user', () => {
  const finder = new UserTermFinder([
    { name: 'Xanadu fever', id: 'LAB:1', type: 'Disease' },
    { name: 'fever', id: 'LAB:2', type: 'Disease' },
    { name: 'X-1', id: 'LAB:3', type: 'Chemical' },
  ]);

  it('are marked, the longest first, in place of what the model found there', () => {
    const entities = [mention('LEAP-2', 'Gene'), mention('drug X-1', 'Gene'), mention('Xanadu', 'Species')];
    const marked = finder.mark(text, segments, entities);
    expect(marked.map((each) => [each.text, each.type, each.probability, each.concepts?.[0]?.id])).toEqual([
      ['LEAP-2', 'Gene', 0.6, undefined],
      ['X-1', 'Chemical', 1, 'LAB:3'],
      ['Xanadu fever', 'Disease', 1, 'LAB:1'],
    ]);
  });

  it('leave a document without them as it is', () => {
    const entities = [mention('LEAP-2', 'Gene')];
    expect(new UserTermFinder([]).mark(text, segments, entities)).toBe(entities);
  });
});
