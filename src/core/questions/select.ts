import { fuseRankings, nearest } from './rank';
import { PassageSearch } from './search';

export interface SelectLimits {
  /** So many passages are all read. */
  readonly readAll: number;
  /** Of more, those that share words with the question, at most, are compared by meaning. */
  readonly candidates: number;
  /** And so many are read. */
  readonly read: number;
}

/** One paper is read whole; of more documents, what a reader would look at first. */
export const defaultLimits: SelectLimits = { readAll: 80, candidates: 100, read: 24 };

export type EmbedTexts = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/**
 * Which passages to read for a question, best first: BM25 over all, embeddings over its best, both rankings fused.
 *
 * @param embed Absent: the model does not know meanings, and words decide alone.
 * @returns Indices into `texts`. Where few passages share a word with the question, the first others follow.
 */
export async function selectPassages(
  question: string,
  texts: readonly string[],
  embed: EmbedTexts | undefined,
  { readAll, candidates, read }: SelectLimits = defaultLimits,
): Promise<number[]> {
  const search = new PassageSearch<number>();
  for (const [index, text] of texts.entries()) search.add(index, text);
  const byWords = search.search(question, Math.max(candidates, Math.min(readAll, texts.length)));
  if (texts.length <= readAll) return [...new Set([...byWords, ...texts.keys()])];
  const others = texts.map((_, index) => index).filter((index) => !byWords.includes(index));
  const compared = [...byWords, ...others.slice(0, Math.max(0, read - byWords.length))];
  if (!embed) return compared.slice(0, read);
  const [asked, ...vectors] = await embed([question, ...compared.map((index) => texts[index] ?? '')]);
  const byMeaning = asked ? nearest(asked, vectors, vectors.length) : [];
  return fuseRankings([byWords, byMeaning.flatMap((place) => compared[place] ?? [])], read);
}
