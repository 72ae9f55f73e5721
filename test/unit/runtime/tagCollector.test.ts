import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../src/core/types';
import { TagCollector } from '../../../src/runtime/tagCollector';

const entity = (start: number): Entity => ({
  start,
  end: start + 1,
  text: 'x',
  name: 'x',
  type: 'Gene',
  probability: 1,
});
const part = (...starts: number[]) => ({
  done: 0,
  total: 1,
  entities: starts.map(entity),
  abbreviations: [],
});

describe('the collector of a request', () => {
  it('reports a second attempt from where the first one ended', () => {
    const reported: number[] = [];
    const collector = new TagCollector(({ entities }) =>
      reported.push(...entities.map(({ start }) => start)),
    );
    collector.begin();
    collector.add(part(1, 2));
    collector.add(part(3));
    collector.begin();
    collector.add(part(1));
    collector.add(part(2, 3, 4));
    collector.add(part(5));
    expect(reported).toEqual([1, 2, 3, 4, 5]);
    expect(collector.entities.map(({ start }) => start)).toEqual([1, 2, 3, 4, 5]);
  });
});
