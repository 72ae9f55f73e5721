import * as path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameInFolder, readShard, shardOf } from '../../../src/cli/shard';

describe('readShard', () => {
  it('reads the number of a shard and how many there are', () => {
    expect(readShard('3/64')).toEqual({ number: 3, count: 64 });
    expect(readShard('1/1')).toEqual({ number: 1, count: 1 });
  });

  it.each(['0/4', '5/4', '4', '4/', '/4', '1/0', '-1/4', '1.5/4', '1/4 ', '1/1000000'])(
    'refuses %s',
    (value) => {
      expect(() => readShard(value)).toThrow('such as 3/64');
    },
  );
});

describe('shardOf', () => {
  it('puts every document into one of the shards', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 100_000 }), (name, count) => {
        const shard = shardOf(name, count);
        expect(Number.isInteger(shard) && shard >= 1 && shard <= count).toBe(true);
      }),
    );
  });

  it('decides alike on every machine and in every version', () => {
    const names = [
      'a.txt',
      'deep/b.md',
      'pubmed25n0001-00001.xml',
      'Größe.txt',
      'Größe.txt'.normalize('NFD'),
    ];
    expect(names.map((name) => shardOf(name, 64))).toEqual([31, 20, 48, 33, 33]);
  });

  it('makes shards of similar size', () => {
    const sizes = new Map<number, number>();
    for (let index = 0; index < 6400; index += 1) {
      const shard = shardOf(`pubmed25n${index}.xml`, 64);
      sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
    }
    expect(sizes.size).toBe(64);
    expect(Math.min(...sizes.values())).toBeGreaterThan(60);
    expect(Math.max(...sizes.values())).toBeLessThan(140);
  });
});

describe('nameInFolder', () => {
  it('does not depend on where the folder is and how it was named', () => {
    const document = path.join('papers', 'deep', 'b.md');
    for (const folder of ['papers', './papers/', path.resolve('papers')])
      expect(nameInFolder(document, folder)).toBe('deep/b.md');
  });
});
