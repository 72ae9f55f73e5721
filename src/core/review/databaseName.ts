/** The database that an imported file comes from, as the report names it. */
import { commonest } from '../mostFrequent';
import type { DocumentFormat } from '../types';
import type { Reference, SourceKind } from './reviewData';

export interface Database {
  readonly database: string;
  readonly kind: SourceKind;
}

type Row = readonly [name: string, kind: SourceKind, pattern: RegExp];

/** The first pattern that is found decides, so a more special name stands before a general one. */
const rows: readonly Row[] = [
  ['Europe PMC', 'database', /europe[\s_-]*pmc|epmc/i],
  ['PubMed Central', 'database', /pub[\s_-]*med[\s_-]*central|(?<!\p{L})pmc(?!\p{L})/iu],
  ['PubMed', 'database', /pub[\s_-]*med|(?<!\p{L})nlm(?!\p{L})/iu],
  ['MEDLINE', 'database', /medline/i],
  ['Embase', 'database', /embase/i],
  ['Scopus', 'database', /scopus/i],
  [
    'Web of Science',
    'database',
    /web[\s_-]*of[\s_-]*(?:science|knowledge)|(?<!\p{L})wos(?!\p{L})|savedrecs|clarivate/iu,
  ],
  ['Cochrane Library', 'database', /cochrane|(?<!\p{L})central(?!\p{L})/iu],
  ['CINAHL', 'database', /cinahl/i],
  ['PsycINFO', 'database', /psyc[\s_-]*(?:info|articles?)/i],
  ['LILACS', 'database', /lilacs/i],
  ['IEEE Xplore', 'database', /ieee|xplore/i],
  ['CORD-19', 'database', /cord[\s_-]*19/i],
  ['ClinicalTrials.gov', 'register', /clinical[\s_-]*trials(?:[\s_.-]*gov)?/i],
  ['WHO ICTRP', 'register', /ictrp/i],
  ['Google Scholar', 'other', /(?<!\p{L})scholar(?!\p{L})/iu],
  ['Zotero', 'other', /zotero/i],
];

/** Formats that one database writes. */
const ofFormat: Readonly<Partial<Record<DocumentFormat, Database>>> = {
  medline: { database: 'PubMed', kind: 'database' },
  'pubmed-text': { database: 'PubMed', kind: 'database' },
  wos: { database: 'Web of Science', kind: 'database' },
  cord19: { database: 'CORD-19', kind: 'database' },
};

/**
 * Guesses the database of a file: from what most of its records state, else from the name of the file, else from the
 * format. A file that tells nothing is named by its name, and a paper counts as found by another method; people correct
 * that in `review.json`.
 */
export function guessDatabase(
  references: readonly Reference[],
  format: DocumentFormat,
  fileName: string,
): Database {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const stem = name.replace(/(?<=.)\.[^.]+$/, '');
  const stated = commonest(
    references.flatMap(({ database }) => (database === undefined ? [] : [database])),
    (database) => named(database)?.database ?? database,
  );
  // A reference manager names the database of each record, so most of the records must agree.
  const fromRecords = stated === undefined ? undefined : (named(stated) ?? unknown(stated));
  const isMost =
    references.filter(({ database }) => database !== undefined && isSame(database, fromRecords)).length * 2 >
    references.length;
  if (fromRecords && isMost) return fromRecords;
  if (format === 'paper' || format === 'plain') return { database: stem, kind: 'other' };
  return named(stem) ?? ofFormat[format] ?? { database: stem, kind: 'database' };
}

/** The database and kind of a name that a file or a person states. */
export function named(text: string): Database | undefined {
  const row = rows.find(([, , pattern]) => pattern.test(text));
  return row && { database: row[0], kind: row[1] };
}

function unknown(database: string): Database {
  return { database, kind: 'database' };
}

function isSame(stated: string, other: Database | undefined): boolean {
  return (named(stated)?.database ?? stated) === other?.database;
}
