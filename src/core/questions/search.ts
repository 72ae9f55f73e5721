/** Finds passages by their words (BM25), for questions over more documents than can be read. */
import MiniSearch from 'minisearch';

/** Words of the question that say nothing of its matter. */
const stopWords = new Set(
  (
    'a an the of in on at to for from by with without and or but as is are was were be been being do does did ' +
    'has have had can could should would will may might must which what who whom whose where when why how that ' +
    'this these those it its their there than then into between among during used use using please list name'
  ).split(' '),
);

/** Endings of number and person: enough of a stemmer that "inhibitors" finds "inhibitor". */
export function searchTerm(word: string): string | null {
  const term = word.toLowerCase();
  if (stopWords.has(term)) return null;
  if (term.length > 4 && term.endsWith('ies')) return `${term.slice(0, -3)}y`;
  if (term.length > 4 && /(?:ss|us|is)$/.test(term)) return term;
  if (term.length > 3 && term.endsWith('s')) return term.slice(0, -1);
  return term;
}

/** Words and numbers; `IL-6` is one word and its two parts. */
export function searchWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+(?:[-‐'’][\p{L}\p{N}]+)*/gu) ?? [];
  return words.flatMap((word) => {
    const parts = word.split(/[-‐'’]/);
    return parts.length > 1 ? [parts.join(''), ...parts] : parts;
  });
}

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
