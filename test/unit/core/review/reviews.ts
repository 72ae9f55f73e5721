/** Builders of reviews for tests. */
import { DuplicateLog } from '../../../../src/core/review/duplicateLog';
import type { ReviewState } from '../../../../src/core/review/reviewState';
import { ScreeningLog } from '../../../../src/core/review/screeningLog';
import { emptySettings } from '../../../../src/core/review/settings';
import type {
  Choice,
  DuplicateLine,
  ReviewRecord,
  ReviewSource,
  ScreeningLine,
} from '../../../../src/core/review/reviewData';

const when = '2026-05-04T10:00:00.000Z';

export function reviewRecord(id: string, change: Partial<ReviewRecord> = {}): ReviewRecord {
  return { id, source: 's1', index: 0, authors: [], keywords: [], types: [], ...change };
}

export const source: ReviewSource = {
  id: 's1',
  file: 'searches/pubmed.nbib',
  database: 'PubMed',
  kind: 'database',
  records: 3,
  imported: when,
};

export function merged(kept: string, duplicate: string): DuplicateLine {
  return { kept, duplicate, reason: 'doi', when };
}

export function decided(record: string, choice: Choice, change: Partial<ScreeningLine> = {}): ScreeningLine {
  return { record, phase: 'abstract', choice, who: 'Ann', when, ...change };
}

export interface ReviewParts {
  readonly records: readonly ReviewRecord[];
  readonly duplicates?: readonly DuplicateLine[];
  readonly decisions?: readonly ScreeningLine[];
  readonly sources?: readonly ReviewSource[];
}

export function review({
  records,
  duplicates = [],
  decisions = [],
  sources = [source],
}: ReviewParts): ReviewState {
  return {
    settings: { ...emptySettings, title: 'Aspirin and gout', sources },
    records,
    duplicates: new DuplicateLog(duplicates),
    screening: new ScreeningLog(decisions),
  };
}

/** Two publications on three records: the third repeats the first. */
export const kaplan = reviewRecord('pmid:11', {
  title: 'Low doses of aspirin raise the urate of old patients',
  authors: ['Kaplan, Ann', 'Ito, B'],
  year: 2019,
  journal: 'J Rheumatol',
  pmid: '11',
});
export const lopez = reviewRecord('doi:10.1/lopez', {
  title: 'Gout after kidney transplants: a cohort of nine hospitals',
  authors: ['López, Carla'],
  year: 2021,
  journal: 'Transplantation',
  doi: '10.1/lopez',
  index: 1,
});
export const kaplanAgain = reviewRecord('doi:10.1/kaplan', {
  ...kaplan,
  id: 'doi:10.1/kaplan',
  source: 's2',
  pmid: undefined,
  doi: '10.1/kaplan',
  year: 2018,
});

export const small: ReviewParts = {
  records: [kaplan, lopez, kaplanAgain],
  duplicates: [merged(kaplan.id, kaplanAgain.id)],
  sources: [source, { ...source, id: 's2', file: 'searches/embase.ris', database: 'Embase' }],
};
