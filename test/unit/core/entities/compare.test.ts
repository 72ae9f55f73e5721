import { describe, expect, it } from 'vitest';
import { compareEntities } from '../../../../src/core/entities/compare';
import type { Entity } from '../../../../src/core/types';

const mention = (name: string, start: number, type = 'Gene'): Entity => ({
  start,
  end: start + name.length,
  text: name,
  name,
  type,
  probability: 0.9,
});

describe('compareEntities', () => {
  it('separates entities of both, of one, and with different boundaries or types', () => {
    const first = [
      mention('BRCA1', 0),
      mention('p53', 10),
      mention('EGFR', 20),
      mention('cancer', 34, 'Disease'),
    ];
    const second = [
      mention('BRCA1', 0),
      mention('EGFR', 20, 'Chemical'),
      mention('breast cancer', 27, 'Disease'),
      mention('zinc', 50, 'Chemical'),
    ];
    const found = compareEntities(first, second);
    expect(found.both.map(({ name }) => name)).toEqual(['BRCA1']);
    expect(found.onlyFirst.map(({ name }) => name)).toEqual(['p53']);
    expect(found.onlySecond.map(({ name }) => name)).toEqual(['zinc']);
    expect(found.differ.map(({ first: a, second: b }) => [a.name, a.type, b.name, b.type])).toEqual([
      ['EGFR', 'Gene', 'EGFR', 'Chemical'],
      ['cancer', 'Disease', 'breast cancer', 'Disease'],
    ]);
  });

  it('groups entities by name and type, most frequent first', () => {
    const first = [mention('TNF', 0), mention('p53', 5), mention('P53', 10), mention('p53', 15, 'Disease')];
    const { onlyFirst, both } = compareEntities(first, []);
    expect(onlyFirst.map(({ name, type, mentions }) => [name, type, mentions.length])).toEqual([
      ['p53', 'Gene', 2],
      ['p53', 'Disease', 1],
      ['TNF', 'Gene', 1],
    ]);
    expect(both).toEqual([]);
  });

  it('accounts for every mention once', () => {
    const first = Array.from({ length: 60 }, (_, i) =>
      mention('x'.repeat(1 + (i % 3)), 7 * i, i % 2 ? 'Gene' : 'Disease'),
    );
    const second = Array.from({ length: 60 }, (_, i) =>
      mention('y'.repeat(1 + (i % 5)), 6 * i, i % 3 ? 'Gene' : 'Disease'),
    );
    const { both, differ, onlyFirst, onlySecond } = compareEntities(first, second);
    const told = (names: typeof onlyFirst) => names.flatMap(({ mentions }) => mentions);
    const ofFirst = new Set([...both, ...differ.map((each) => each.first), ...told(onlyFirst)]);
    expect(ofFirst.size).toBe(first.length);
    const ofSecond = new Set([...differ.map((each) => each.second), ...told(onlySecond)]);
    expect(ofSecond.size + both.length).toBe(second.length);
  });
});
