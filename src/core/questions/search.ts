/** Finds passages by their words (BM25), for questions over more documents than can be read. */
import MiniSearch from 'minisearch';
import { searchTerm, searchWords } from './terms';

/** An index over passages, to which more can be added and from which any can be taken away. */
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
