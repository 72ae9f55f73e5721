/** Finds the sentences that a folder has several times because it has several copies of a paper. */
import { papersOf } from './paperCount';
import { lettersOf, type StatedPublication } from './publicationKeys';

/** A sentence in a publication of a document. */
export interface PaperSentence extends StatedPublication {
  /** The prose of the sentence. */
  readonly text: string;
}

/**
 * The label of a section, with which some databases begin a sentence of an abstract and others do not: `RESULTS: `,
 * `Patients and methods: `.
 */
const sectionLabel = /^\s*\p{L}[\p{L}\s,/&-]{2,40}:\s+/u;

/**
 * Returns a key for each sentence. Sentences with equal keys are the same sentence in copies of one paper, such as the
 * abstract that two databases have exported. Which publications are one paper says {@link papersOf}. Punctuation, white
 * space, letter case and the labels of sections do not count.
 *
 * @returns undefined for a sentence whose document names no publication, such as a draft: it has no copies.
 * @example
 * const keys = sentenceKeys([
 *   { publication: 'Kaplan 2019, Gout and aspirin in the elderly', citation: '31', text: 'RESULTS: Aspirin helps.' },
 *   { publication: 'Gout and aspirin in the elderly', citation: '10.1000/x', text: 'Aspirin helps.' },
 * ]);
 * keys[0] === keys[1]; // true
 */
export function sentenceKeys(sentences: readonly PaperSentence[]): readonly (string | undefined)[] {
  const places = new Map<string, StatedPublication>();
  const placeOf = ({ publication, citation }: PaperSentence): string => {
    const key = JSON.stringify([publication, citation]);
    if (!places.has(key)) places.set(key, { publication, citation });
    return key;
  };
  const names = sentences.map(placeOf);
  const numbers = papersOf(places.values());
  const papers = new Map(Array.from(places.keys(), (key, index) => [key, numbers[index]]));
  return sentences.map(({ publication, citation, text }, index) =>
    publication === undefined && citation === undefined
      ? undefined
      : `${papers.get(names[index] ?? '')} ${sentenceLetters(text)}`,
  );
}

/** Returns the letters and digits of a sentence without the label of a section. Copies have them in common. */
export function sentenceLetters(text: string): string {
  return lettersOf(text.replace(sectionLabel, '')) || text;
}
