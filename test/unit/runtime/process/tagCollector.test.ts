import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/core/types';
import { TagCollector } from '../../../../src/runtime/process/tagCollector';

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

describe('TagCollector', () => {
  it('reports only new entities of a second attempt', () => {
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

  it('applies corrections to streamed entities without reporting them as found', () => {
    const reported: number[] = [];
    const collector = new TagCollector(({ entities }) =>
      reported.push(...entities.map(({ start }) => start)),
    );
    collector.begin();
    collector.add(part(1, 3, 5));
    collector.add({
      ...part(2, 5),
      withdrawn: [
        { start: 3, end: 4 },
        { start: 5, end: 6 },
      ],
    });
    collector.add({ ...part(7), withdrawn: [] });
    expect(collector.entities.map(({ start }) => start)).toEqual([1, 2, 5, 7]);
    expect(reported).toEqual([1, 3, 5]);
    collector.begin();
    collector.add(part(3));
    expect(collector.entities.map(({ start }) => start)).toEqual([3]);
  });
});
