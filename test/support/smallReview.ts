import { DuplicateLog } from '../../src/core/review/duplicateLog';
import type { ReviewState } from '../../src/core/review/reviewState';
import { ScreeningLog } from '../../src/core/review/screeningLog';
import { emptySettings } from '../../src/core/review/settings';
import type {
  DuplicateLine,
  ReviewRecord,
  ReviewSettings,
  ScreeningLine,
} from '../../src/core/review/reviewData';

export function reviewRecord(id: string, change: Partial<ReviewRecord> = {}): ReviewRecord {
  return {
    id,
    source: 's1',
    index: 0,
    title: `Title of ${id}`,
    abstract: `Abstract of ${id}.`,
    authors: ['Kaplan, R'],
    year: 2019,
    keywords: [],
    types: [],
    ...change,
  };
}

/** A line of a reviewer. Lines that are made later have a later time. */
let minute = 0;
export function screeningLine(
  record: string,
  choice: ScreeningLine['choice'],
  change: Partial<ScreeningLine> = {},
): ScreeningLine {
  const when = new Date(Date.UTC(2025, 0, 1, 0, minute++)).toISOString();
  return { record, phase: 'abstract', who: 'Anna', when, choice, ...change };
}

export interface SmallReview {
  /** Default: records `a`, `b`, `c` and `d`. */
  readonly records?: readonly ReviewRecord[];
  readonly settings?: Partial<ReviewSettings>;
  readonly lines?: readonly ScreeningLine[];
  readonly duplicates?: readonly DuplicateLine[];
}

export function smallReview({
  records,
  settings,
  lines = [],
  duplicates = [],
}: SmallReview = {}): ReviewState {
  return {
    settings: { ...emptySettings, ...settings },
    records: records ?? ['a', 'b', 'c', 'd'].map((id) => reviewRecord(id)),
    duplicates: new DuplicateLog(duplicates),
    screening: new ScreeningLog(lines),
  };
}
