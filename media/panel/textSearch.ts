/** Finds the relations that a typed text may mean. Without side effects. */
import type { RelationRow } from '../../src/protocol/panel';
import type { NameGroup, NameGroups } from './nameGroups';
import { nameRank } from './nameRank';

/**
 * How a relation was found, the best first: the text is a name of its subject or its object; one of their names begins with
 * the text; they are concepts that the text may mean by a name that is not in the list; the text is in their names; the text
 * is in the sentence, the relation or the name of the paper.
 */
export type Rank = 0 | 1 | 2 | 3 | 4;

const elsewhere: Rank = 4;
/** The host finds concepts with a name that begins with the text, too, so that they do not outrank the names in the list. */
const meant: Rank = 2;
/** The ranks of the whole name, its beginning and a part of it. */
const rankOfName = [0, 1, 3] as const;

/** Whether a relation was found by the names of its subject and its object. */
export function isByName(rank: Rank): boolean {
  return rank < elsewhere;
}

/** The names in the list, and the concepts that the search text may mean. */
export interface FilterNames {
  readonly names: NameGroups;
  readonly concepts: ReadonlySet<string>;
}

/** The search for a text in relations. Without a text it finds all of them, with the same rank. */
export class TextSearch {
  private readonly text: string;
  private readonly words: readonly string[];
  private readonly found = new Map<RelationRow, Rank | undefined>();

  constructor(
    text: string,
    private readonly known: FilterNames,
  ) {
    this.text = text.trim().toLowerCase();
    this.words = this.text.split(/\s+/).filter(Boolean);
  }

  get isEmpty(): boolean {
    return this.words.length === 0;
  }

  /** @returns how a relation was found; undefined if it was not. */
  rankOf(row: RelationRow): Rank | undefined {
    if (this.isEmpty) return 0;
    if (!this.found.has(row)) this.found.set(row, this.search(row));
    return this.found.get(row);
  }

  private search(row: RelationRow): Rank | undefined {
    const { names } = this.known;
    const groups = [row.subject, row.object].flatMap(({ key }) => names.get(key) ?? []);
    const isMeant = groups.some(({ concept }) => concept && this.known.concepts.has(concept.id));
    const byName = Math.min(
      rankIn(groups, this.text),
      isMeant ? meant : elsewhere,
      // Several words may be names of both partners.
      Math.max(...this.words.map((word) => rankIn(groups, word))),
    ) as Rank;
    if (isByName(byName)) return byName;
    const text = searchTextOf(row);
    const isNamed = (word: string): boolean => isByName(rankIn(groups, word));
    return this.words.every((word) => text.includes(word) || isNamed(word)) ? elsewhere : undefined;
  }
}

/** How a text was found in names; `elsewhere` if it was not. */
function rankIn(groups: readonly NameGroup[], text: string): Rank {
  const ranks = groups.flatMap(({ searchText }) => nameRank(searchText, text) ?? []);
  return ranks.length === 0 ? elsewhere : rankOfName[Math.min(...ranks) as 0 | 1 | 2];
}

const searchTexts = new WeakMap<RelationRow, string>();

function searchTextOf(row: RelationRow): string {
  const cached = searchTexts.get(row);
  if (cached !== undefined) return cached;
  const { type, evidence, name } = row;
  const searchText = [type, evidence.text, name].join('\n').toLowerCase();
  searchTexts.set(row, searchText);
  return searchText;
}
