/** Full-text search for passages (BM25), for questions about more documents than the model can read. */
import MiniSearch from 'minisearch';
import { searchTerm, searchWords } from './terms';

/** An index of passages, to which passages can be added and from which they can be removed. */
export class PassageSearch<Id extends string | number> {
  private readonly index = new MiniSearch<{ id: Id; text: string }>({
    fields: ['text'],
    tokenize: searchWords,
    processTerm: searchTerm,
  });

  get size(): number {
    return this.index.documentCount;
  }

  add(id: Id, text: string): void {
    this.index.add({ id, text });
  }

  remove(id: Id): void {
    this.index.discard(id);
  }

  /** Passages that share a word with the question, best first (BM25+, Lv and Zhai 2011). */
  search(question: string, limit: number): Id[] {
    return this.index
      .search(question, { combineWith: 'OR', prefix: false, fuzzy: false })
      .slice(0, limit)
      .map(({ id }) => id as Id);
  }
}

/** Ranks texts once, without keeping the index. @returns indices of texts that share a word with the question. */
export function rankWithIndex(question: string, texts: readonly string[], limit: number): number[] {
  const search = new PassageSearch<number>();
  for (const [index, text] of texts.entries()) search.add(index, text);
  return search.search(question, limit);
}
