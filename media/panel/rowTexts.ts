/** The texts in the rows of the list of relations. Without side effects. */
import type { NamedEntity, RelationRow } from '../../src/protocol/panel';
import { placeText } from './excerpt';
import type { Statement } from './listOptions';
import type { NameGroups } from './nameGroups';
import { statementCounts, type ListItem, type PairGroup, type StatementCounts } from './relationRows';
import { relationName, type Words } from './words';

/** How the names of the rows are displayed. */
export interface NameDisplay {
  readonly names: NameGroups;
  /** Whether a name is displayed as in most rows of its concept. Otherwise it is displayed as in its document. */
  readonly isGrouped: boolean;
}

export type HeadingItem = Extract<ListItem, { readonly kind: 'heading' }>;
export type RelationItem = Exclude<ListItem, HeadingItem>;

export class RowTexts {
  private display: NameDisplay = { names: new Map(), isGrouped: false };

  constructor(private readonly words: Words) {}

  get names(): NameGroups {
    return this.display.names;
  }

  setNames(display: NameDisplay): void {
    this.display = display;
  }

  /** Says where the relations below a heading were found, and how many they are. */
  heading({ foundIn, count }: HeadingItem): string {
    return this.words.text(foundIn === 'names' ? 'inNames' : 'elsewhere', count);
  }

  /** The line with the names: subject, object, probability. */
  head(item: RelationItem): readonly [subject: string, object: string, probability: string] {
    const { subject, object } = item.kind === 'pair' ? item.group.rows[0] : item.row;
    const { probability } = item.kind === 'pair' ? item.group : item.row;
    return [this.labelOf(subject), this.labelOf(object), this.words.percent(probability)];
  }

  /** The parts of the line below the names, which wraps between them, without the place. */
  details(item: RelationItem): readonly string[] {
    if (item.kind === 'pair') return [relationName(item.group.rows[0].type), ...this.counts(item.group)];
    const { row, isInside } = item;
    if (!isInside) return [relationName(row.type), ...this.badges(row)];
    return [this.words.percent(row.probability), ...this.ownNames(row), ...this.badges(row)];
  }

  /** The names in a sentence, if its pair is shown under others: `ZD1839 → EGFR`. */
  ownNames({ subject, object }: RelationRow): readonly string[] {
    const isShown = [subject, object].every((entity) => this.labelOf(entity) === entity.name);
    return isShown ? [] : [`${subject.name} → ${object.name}`];
  }

  /** The places of the copies of a sentence: `also in embase.ris:12`. */
  copies({ copies = [] }: RelationRow): readonly string[] {
    return copies.map((place) => this.words.text('copyIn', placeText(place)));
  }

  /** `2 sentences in favour,` `1 against,` `in 3 papers` */
  counts(group: PairGroup): readonly string[] {
    const { words } = this;
    const sentences = sentenceTexts(words, group.sentences);
    return [...sentences.map((text) => `${text},`), words.plural(group.papers, 'inPaper', 'inPapers')];
  }

  badges({ negated, speculated, curated, isPinned }: RelationRow): readonly string[] {
    const { words } = this;
    return [
      ...(negated === undefined ? [] : [words.text('denied')]),
      ...(speculated === undefined ? [] : [words.text('supposed')]),
      ...(curated === undefined ? [] : [words.text(curated)]),
      ...(isPinned ? [words.text('pinned')] : []),
    ];
  }

  labelOf({ key, name }: NamedEntity): string {
    const { names, isGrouped } = this.display;
    return (isGrouped ? names.get(key)?.label : undefined) ?? name;
  }
}

/** How many sentences there are of each kind of statement: `2 sentences in favour`, `1 against`. */
export function sentenceTexts(words: Words, sentences: StatementCounts): readonly string[] {
  return statementCounts(sentences).map(([statement, count], index) => {
    const [one, several, further] = sentenceWords[statement];
    return index === 0 ? words.plural(count, one, several) : words.text(further, count);
  });
}

/** The words that count sentences: one, several, and a number after that of another kind. */
const sentenceWords = {
  inFavour: ['sentenceInFavour', 'sentencesInFavour', 'countInFavour'],
  against: ['sentenceAgainst', 'sentencesAgainst', 'countAgainst'],
  speculative: ['speculativeSentence', 'speculativeSentences', 'countSpeculative'],
} as const satisfies Record<Statement, readonly [string, string, string]>;
