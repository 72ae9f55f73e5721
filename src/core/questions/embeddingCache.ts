import type { TextCache } from '../text/textCache';

/** Vectors of texts, one vector a text, as one model makes them. */
export type EmbeddingCache = TextCache<Float32Array>;

/**
 * Number of texts that are embedded before their vectors are stored. If a request is cancelled, the next one continues
 * with the texts that are missing.
 */
const chunkSize = 64;

/**
 * Embeds texts and reuses the vectors of texts that were embedded before. A further question about a document then
 * embeds only passages that no earlier question was compared with.
 *
 * @param embed Makes one unit vector for each text.
 * @returns one vector for each text, in order.
 */
export async function embedCached(
  texts: readonly string[],
  cache: EmbeddingCache,
  embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
): Promise<readonly Float32Array[]> {
  // The cache is bounded and may drop an entry while the next chunk is embedded; this map keeps all of this request.
  const vectors = new Map<string, Float32Array>();
  const missing = new Set<string>();
  for (const text of texts) {
    const [vector] = cache.get(text) ?? [];
    if (vector) vectors.set(text, vector);
    else missing.add(text);
  }
  const remaining = [...missing];
  for (let start = 0; start < remaining.length; start += chunkSize) {
    const chunk = remaining.slice(start, start + chunkSize);
    const embedded = await embed(chunk);
    for (const [index, text] of chunk.entries()) {
      const vector = embedded[index];
      if (!vector) throw new RangeError('The model made fewer vectors than texts.');
      vectors.set(text, vector);
      cache.set(text, [vector]);
    }
  }
  return texts.flatMap((text) => vectors.get(text) ?? []);
}
