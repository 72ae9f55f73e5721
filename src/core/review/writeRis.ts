import { noteStarts, remarkNotes } from './decisionNotes';
import type { ExportedRecord } from './exportedRecord';
import { filled, invertedName, oneLine } from './exportedText';
import { publicationKind, type PublicationKind } from './publicationKind';

const risTypes: Readonly<Record<PublicationKind, string>> = {
  article: 'JOUR',
  book: 'BOOK',
  chapter: 'CHAP',
  conference: 'CPAPER',
  thesis: 'THES',
  report: 'RPRT',
  preprint: 'UNPB',
  other: 'GEN',
};

/** The labels of ASReview, which has none for a record that a reviewer is not sure about. */
const labels: Readonly<Record<NonNullable<ExportedRecord['decision']>, string>> = {
  include: 'ASReview_relevant',
  exclude: 'ASReview_irrelevant',
  maybe: 'ASReview_not_seen',
  undecided: 'ASReview_not_seen',
};

/**
 * Writes records as RIS, the exchange format of reference managers. Encode it as UTF-8 without a byte order mark, with which
 * ASReview would lose the first record.
 *
 * Decisions are notes as the RIS reader of ASReview 2 and 3 expects them (`asreview/data/ris.py`): it takes the first note
 * that contains one of its labels, so that this one stands before the notes of reviewers. The PMID and the PMCID are in the
 * fields that EndNote fills with them, and in addresses that all readers understand. Every value is on one line: text in an
 * abstract that looks like a tag stays text.
 */
export function writeRis(records: readonly ExportedRecord[]): string {
  return records.map((record) => risRecord(record).join('')).join('');
}

function risRecord(exported: ExportedRecord): string[] {
  const { record, key } = exported;
  const kind = risTypes[publicationKind(record)];
  const [first, last] = pageFields(record.pages ?? '');
  return [
    `TY  - ${kind}\r\n`,
    ...lines('ID', [key]),
    ...lines('TI', [record.title]),
    ...lines('AU', record.authors.map(invertedName)),
    ...lines('PY', [record.year === undefined ? undefined : String(record.year)]),
    ...lines('T2', [record.journal]),
    ...lines('VL', [record.volume]),
    ...lines('IS', [record.issue]),
    ...lines('SP', [first]),
    ...lines('EP', [last]),
    ...lines('DO', [record.doi]),
    ...lines('AN', [record.pmid]),
    ...lines('C2', [record.pmcid]),
    ...lines('UR', addresses(exported)),
    ...lines('DB', [exported.database ?? record.database]),
    ...lines(
      'M3',
      record.types.filter((type) => type !== kind),
    ),
    ...lines('AB', [record.abstract]),
    ...lines('KW', record.keywords),
    ...lines('N1', notesOf(exported)),
    'ER  - \r\n',
    '\r\n',
  ];
}

function lines(tag: string, values: readonly (string | undefined)[]): string[] {
  return filled(values).map((value) => `${tag}  - ${value}\r\n`);
}

/** The first and the last page, if the text names these two. */
function pageFields(pages: string): readonly (string | undefined)[] {
  const [, first, last] = /^([^\s,;-]+)-([^\s,;-]+)$/.exec(oneLine(pages)) ?? [];
  return first === undefined || first === last ? [pages] : [first, last];
}

function addresses({ record: { pmid, pmcid } }: ExportedRecord): string[] {
  return [
    ...(pmid === undefined ? [] : [`https://pubmed.ncbi.nlm.nih.gov/${pmid}/`]),
    ...(pmcid === undefined ? [] : [`https://pmc.ncbi.nlm.nih.gov/articles/${pmcid}/`]),
  ];
}

function notesOf(exported: ExportedRecord): string[] {
  const { decision } = exported;
  return [
    ...(decision === undefined ? [] : [labels[decision]]),
    ...(decision === 'maybe' ? [noteStarts.decision + decision] : []),
    ...remarkNotes(exported),
  ];
}
