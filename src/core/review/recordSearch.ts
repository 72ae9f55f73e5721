/** Finds records of a review again. */
import { recordsInPhase, type ReviewState } from './reviewState';
import { decidedRecords } from './screeningProgress';
import type { Phase, ReviewRecord } from './reviewData';

/** Which records are listed, by the decision of the reviewer. */
export const recordFilters = ['all', 'decided', 'include', 'exclude', 'maybe', 'undecided'] as const;
export type RecordFilter = (typeof recordFilters)[number];

export interface RecordQuery {
  /** Words, all of which stand in the title, the authors, the abstract, the note or the tags. '' finds all records. */
  readonly text: string;
  readonly filter: RecordFilter;
  readonly phase: Phase;
  /** The reviewer. */
  readonly who: string;
}

/** The records that a query finds: those with a decision first, the last decision first; the others as imported. */
export function searchRecords(review: ReviewState, query: RecordQuery): readonly ReviewRecord[] {
  const { phase, who, filter } = query;
  const decided = [...decidedRecords(review, phase, who)].reverse();
  const withDecision = decided.filter(({ decision }) => passes(filter, decision.choice));
  const isDecided = new Set(decided.map(({ record }) => record.id));
  const others = passes(filter, undefined)
    ? recordsInPhase(review, phase).filter(({ id }) => !isDecided.has(id))
    : [];
  const words = foldedWords(query.text);
  const isFound = (record: ReviewRecord): boolean => {
    if (words.length === 0) return true;
    const text = searchedText(record);
    const remarks = searchedRemarks(review, record, who);
    return words.every((word) => text.includes(word) || remarks.includes(word));
  };
  return [...withDecision.map(({ record }) => record), ...others].filter(isFound);
}

function passes(filter: RecordFilter, choice: string | undefined): boolean {
  if (filter === 'all') return true;
  if (filter === 'undecided') return choice === undefined;
  return filter === 'decided' ? choice !== undefined : choice === filter;
}

/** Records do not change, and folding those of a large review takes longer than a user waits for a key. */
const texts = new WeakMap<ReviewRecord, string>();

function searchedText(record: ReviewRecord): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const { title, authors, abstract, year, journal, doi, pmid } = record;
  const text = folded([title, ...authors, abstract, year, journal, doi, pmid].join('\n'));
  texts.set(record, text);
  return text;
}

function searchedRemarks({ screening }: ReviewState, { id }: ReviewRecord, who: string): string {
  const { note, tags } = screening.remarks(id, who);
  return note === '' && tags.length === 0 ? '' : folded([note, ...tags].join('\n'));
}

function foldedWords(text: string): readonly string[] {
  return folded(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** Removes the differences of case and accents. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
