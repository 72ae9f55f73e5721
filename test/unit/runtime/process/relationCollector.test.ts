import { describe, expect, it } from 'vitest';
import type { Entity, Relation } from '../../../../src/core/types';
import { RelationCollector } from '../../../../src/runtime/process/relationCollector';

const entity: Entity = { start: 0, end: 1, text: 'x', name: 'x', type: 'Gene', probability: 1 };
const relation = (type: string): Relation => ({
  type,
  subject: entity,
  object: entity,
  probability: 1,
  evidence: { start: 0, end: 1 },
  evidenceText: 'x',
});
const part = (...types: string[]) => ({ done: 0, total: 1, relations: types.map(relation) });

describe('RelationCollector', () => {
  it('reports only new relations of a second attempt', () => {
    const reported: string[] = [];
    const collector = new RelationCollector(({ relations }) =>
      reported.push(...relations.map(({ type }) => type)),
    );
    collector.begin();
    collector.add(part('a', 'b'));
    collector.add(part('c'));
    collector.begin();
    collector.add(part('a'));
    collector.add(part('b', 'c', 'd'));
    collector.add(part('e'));
    expect(reported).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(collector.relations.map(({ type }) => type)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
