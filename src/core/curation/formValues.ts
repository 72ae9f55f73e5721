/**
 * The values of an extraction form, which are entries of the table of evidence. A cell belongs to one paper and one
 * column. It may have several values: a paper can have two doses.
 */
import type { Evidence } from './evidenceFile';
import { topicKey } from './evidenceTopics';

/** The fields that identify a cell of the form. */
export type FormCell = Pick<Evidence, 'topic' | 'document' | 'publication' | 'citation'>;

/** Equal for values of the same paper. Several papers may be records of one file. */
export function formPaperKey({
  document,
  publication = '',
  citation,
}: Pick<Evidence, 'document' | 'publication' | 'citation'>): string {
  return JSON.stringify([document, publication, citation]);
}

/** Equal for values of the same paper and column. */
export function formCellKey(value: FormCell): string {
  return `${topicKey(value.topic)}\n${formPaperKey(value)}`;
}

/**
 * Adds a value that a person chose. It takes the place of what was proposed for its cell; a value of a person stays
 * beside it.
 */
export function fillCell(all: readonly Evidence[], value: Evidence): readonly Evidence[] {
  const cell = formCellKey(value);
  const others = all.filter((each) => !(each.isProposed === true && formCellKey(each) === cell));
  const isKnown = others.some((each) => formCellKey(each) === cell && isSameValue(each, value));
  return isKnown ? others : [...others, value];
}

function isSameValue(a: Evidence, b: Evidence): boolean {
  return a.answer === b.answer && a.sentence === b.sentence;
}

/**
 * Adds values that a model proposes. They take the place of earlier proposals for their cells, and none is added to a
 * cell that has a value of a person, or one that a person has confirmed.
 */
export function proposeValues(all: readonly Evidence[], proposals: readonly Evidence[]): readonly Evidence[] {
  const filled = filledCells(all);
  const added = proposals.filter((each) => !filled.has(formCellKey(each)));
  const renewed = new Set(added.map(formCellKey));
  const kept = all.filter((each) => !(each.isProposed === true && renewed.has(formCellKey(each))));
  return [...kept, ...added];
}

/** The cells with a value that a person chose or confirmed. */
export function filledCells(all: readonly Evidence[]): ReadonlySet<string> {
  return new Set(all.filter(isConfirmed).map(formCellKey));
}

function isConfirmed({ topic, isProposed }: Evidence): boolean {
  return topic.kind === 'form' && isProposed !== true;
}

/** Returns a value as a person has confirmed it, or with what the person wrote in its place. */
export function withValue(evidence: Evidence, value: string): Evidence {
  const { isProposed: _, ...rest } = evidence;
  const answer = value.trim();
  if (answer === '' || answer === evidence.answer) return rest;
  return { ...rest, answer, annotator: 'person', probability: 1 };
}
