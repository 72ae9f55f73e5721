import { fuseRankings, nearest } from './rank';
import { PassageSearch } from './search';

export interface SelectLimits {
  /** Up to this number of passages, all are read. */
  readonly readAll: number;
  /** Otherwise, at most this number of passages that share words with the question is compared by embedding. */
  readonly candidates: number;
  /** Number of these passages that are read. */
  readonly read: number;
}

/** One paper is read completely; from more documents, the most promising passages are read. */
const defaultLimits: SelectLimits = { readAll: 80, candidates: 100, read: 24 };

export type EmbedTexts = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/**
 * Selects the passages to read for a question, best first: BM25 ranks all passages, embeddings rank its best ones, and
 * both rankings are fused.
 *
 * @param embed Computes embeddings. Default: only words are compared.
 * @returns indices into `texts`. If few passages share a word with the question, the first of the others follow.
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
  const [questionVector, ...vectors] = await embed([
    question,
    ...compared.map((index) => texts[index] ?? ''),
  ]);
  const byMeaning = questionVector ? nearest(questionVector, vectors, vectors.length) : [];
  return fuseRankings([byWords, byMeaning.flatMap((place) => compared[place] ?? [])], read);
}
