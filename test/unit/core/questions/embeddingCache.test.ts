import { describe, expect, it } from 'vitest';
import { createTextCache } from '../../../../src/core/text/textCache';
import { embedCached, type EmbeddingCache } from '../../../../src/core/questions/embeddingCache';

/** A model whose vector of a text is its length; it records the texts that it reads. */
function counting(failAfter = Number.POSITIVE_INFINITY) {
  const read: string[] = [];
  const embed = (texts: readonly string[]) => {
    if (read.length + texts.length > failAfter) return Promise.reject(new Error('cancelled'));
    read.push(...texts);
    return Promise.resolve(texts.map(({ length }) => Float32Array.of(length)));
  };
  return { read, embed };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => 'x'.repeat(index + 1));
const valuesOf = (vectors: readonly Float32Array[]) => vectors.map(([value]) => value);

describe('embedCached', () => {
  it('embeds each text once, and gives the vectors in the order of the texts', async () => {
    const cache: EmbeddingCache = createTextCache();
    const { read, embed } = counting();
    expect(valuesOf(await embedCached(['bb', 'a', 'bb'], cache, embed))).toEqual([2, 1, 2]);
    expect(valuesOf(await embedCached(['ccc', 'a'], cache, embed))).toEqual([3, 1]);
    expect(read).toEqual(['bb', 'a', 'ccc']);
  });

  it('continues after a cancelled request with the texts that are missing', async () => {
    const cache: EmbeddingCache = createTextCache();
    const texts = numbered(200);
    const first = counting(150);
    await expect(embedCached(texts, cache, first.embed)).rejects.toThrow('cancelled');
    expect(first.read).toHaveLength(128);
    const second = counting();
    await embedCached(texts, cache, second.embed);
    expect(second.read).toEqual(texts.slice(128));
  });

  it('gives all vectors of a request that is larger than the cache', async () => {
    const cache: EmbeddingCache = createTextCache({ maxCharacters: 500 });
    const texts = numbered(300);
    expect(valuesOf(await embedCached(texts, cache, counting().embed))).toEqual(
      texts.map(({ length }) => length),
    );
  });
});
