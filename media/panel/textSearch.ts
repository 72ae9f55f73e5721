/** Finds the relations that a typed text may mean. Without side effects. */
import type { RelationRow } from '../../src/protocol/panel';
import type { NameGroup, NameGroups } from './nameGroups';

/**
 * How a relation was found, the best first: the text is a name of its subject or its object; the text is in their names;
 * the text is in the sentence, the relation or the name of the paper.
 */
export type Rank = 0 | 1 | 2;

const elsewhere: Rank = 2;

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
    if (groups.some((group) => this.isMeant(group))) return 0;
    const isNamed = (word: string): boolean => groups.some(({ searchText }) => searchText.includes(word));
    if (this.words.every(isNamed)) return this.words.every((word) => isNameOf(groups, word)) ? 0 : 1;
    const text = searchTextOf(row);
    return this.words.every((word) => text.includes(word) || isNamed(word)) ? elsewhere : undefined;
  }

  private isMeant(group: NameGroup): boolean {
    return (group.concept && this.known.concepts.has(group.concept.id)) || isNameOf([group], this.text);
  }
}

/** Whether a text is a whole name of one of these. */
function isNameOf(groups: readonly NameGroup[], text: string): boolean {
  return groups.some(({ searchText }) => `\n${searchText}\n`.includes(`\n${text}\n`));
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
