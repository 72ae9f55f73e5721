import type { AskedQuestion } from './askedQuestion';
import { fuseRankings, nearest } from './rank';

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

export interface SelectOptions {
  /**
   * Ranks texts by the words that they share with the question. The texts have the names of the question instead of
   * other names of the same concepts. @returns indices into `texts`, best first.
   */
  readonly rank: (question: string, texts: readonly string[], limit: number) => readonly number[];
  /** Computes embeddings. Default: only words are compared. */
  readonly embed?: EmbedTexts | undefined;
  readonly limits?: SelectLimits | undefined;
}

/**
 * Selects the passages to read for a question, best first: BM25 ranks all passages, embeddings rank its best ones, and
 * both rankings are fused. Embeddings of all passages would be slower and find hardly more.
 *
 * @example
 * ```ts
 * const question = createAskedQuestion('Which gene causes gout?');
 * const indices = await selectPassages(question, texts, { rank: rankByWords });
 * ```
 *
 * @returns indices into `texts`. If few passages share a word with the question, the first of the others follow.
 */
export async function selectPassages(
  question: AskedQuestion,
  texts: readonly string[],
  { rank, embed, limits: { readAll, candidates, read } = defaultLimits }: SelectOptions,
): Promise<number[]> {
  const limit = Math.max(candidates, Math.min(readAll, texts.length));
  const byWords = rank(question.text, texts.map(question.unify), limit);
  if (texts.length <= readAll) return [...new Set([...byWords, ...texts.keys()])];
  const ranked = new Set(byWords);
  const others = [...texts.keys()].filter((index) => !ranked.has(index));
  const compared = [...byWords, ...others.slice(0, Math.max(0, read - byWords.length))];
  if (!embed) return compared.slice(0, read);
  const [questionVector, ...vectors] = await embed([
    question.text,
    ...compared.map((index) => texts[index] ?? ''),
  ]);
  const byMeaning = questionVector ? nearest(questionVector, vectors, vectors.length) : [];
  return fuseRankings([byWords, byMeaning.flatMap((place) => compared[place] ?? [])], read);
}
