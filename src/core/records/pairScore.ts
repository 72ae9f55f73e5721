import { sigmoid } from '../tensors/sigmoid';
import type { ComparableRecord } from './comparableRecord';
import { isSameJournal } from './journalNames';
import { containment, dice } from './textOverlap';
import type { TitleForm } from './titleForms';

/** How far the titles of two records agree; `part`: one title is the beginning or the end of the other. */
export type TitleAgreement = 'same' | 'near' | 'part' | 'close' | 'different' | 'translated' | 'missing';

/** Whether a field agrees. Undefined: it is missing on one side, or it cannot be told. */
type Agreement = boolean | undefined;

/** The result of comparing two records field by field. */
export interface PairAgreement {
  readonly title: TitleAgreement;
  /** Whether the titles belong to the same kind of publication and to the same part of a series. */
  readonly isSameWork: boolean;
  readonly authors: Agreement;
  /** Difference in years. */
  readonly years: number | undefined;
  readonly journal: Agreement;
  readonly volume: Agreement;
  readonly issue: Agreement;
  readonly pages: Agreement;
  readonly abstract: Agreement;
  readonly doi: Agreement;
  readonly pmid: Agreement;
}

/** The conclusion from comparing two records. */
export interface PairVerdict {
  readonly verdict: 'same' | 'doubtful' | 'different';
  readonly reason: 'doi' | 'pmid' | 'match';
  /** Estimated probability that they are one publication, in [0, 1]. */
  readonly probability: number;
}

/** Pairs from this probability on are one publication. */
const sameFrom = 0.9;
/** Pairs from this probability on are shown to a person. */
const doubtfulFrom = 0.3;

/**
 * Logarithms of likelihood ratios (natural), as in the model of Fellegi and Sunter (1969, A Theory for Record Linkage):
 * `[agrees, disagrees]`. A field that one side lacks counts 0.
 */
const weights = {
  /** Most pairs that share a key of candidatePairs are two publications. */
  prior: -4,
  title: { near: 5, part: 3, close: -1, translated: 0, different: -8, missing: 0 },
  authors: [3, -4],
  journal: [1.5, -3],
  volume: [1.5, -2],
  issue: [0.5, -0.5],
  pages: [3, -3],
  abstract: [4, -3],
  doi: [6, -4],
  pmid: [6, -4],
  /** By the difference in years: none, one (online first), more. */
  years: [1, -0.5, -4],
} as const;

/** Shorter titles, in letters, are no part of longer ones, and say little alone. */
const minPartLetters = 20;

/** Compares two records. */
export function judgePair(a: ComparableRecord, b: ComparableRecord): PairVerdict {
  const agreement = agreementOf(a, b);
  const probability = sigmoid(logitOf(agreement, shorterTitle(a, b)));
  const reason = reasonOf(agreement);
  if (reason !== 'match' && isPlausible(agreement))
    return { verdict: 'same', reason, probability: Math.max(probability, sameFrom) };
  const isSame = probability >= sameFrom && !isContradicted(agreement, shorterTitle(a, b));
  if (isSame) return { verdict: 'same', reason: 'match', probability };
  const isDoubtful = probability >= doubtfulFrom && agreement.isSameWork;
  // A person decides about what the fields do not settle, so the probability stays below that of a match.
  const capped = Math.min(probability, sameFrom - 0.01);
  return { verdict: isDoubtful ? 'doubtful' : 'different', reason: 'match', probability: capped };
}

function reasonOf({ doi, pmid }: PairAgreement): PairVerdict['reason'] {
  if (doi === true && pmid !== false) return 'doi';
  return pmid === true && doi !== false ? 'pmid' : 'match';
}

/**
 * Whether an equal identifier can be right. Abstracts of a conference often state the DOI of the whole supplement, and
 * chapters that of the book: then titles and authors differ.
 */
function isPlausible({ title, isSameWork, authors, pages, abstract }: PairAgreement): boolean {
  if (!isSameWork || (pages === false && abstract === false)) return false;
  if (title === 'same' || title === 'missing') return true;
  if (title === 'different') return authors === true && pages === true;
  return authors !== false && (pages !== false || abstract === true);
}

/** Whether some fields show two publications, however much the others agree. */
function isContradicted(agreement: PairAgreement, titleLength: number): boolean {
  const { title, isSameWork, doi, pmid, authors, journal, volume, issue, pages, abstract } = agreement;
  if (!isSameWork || doi === false || pmid === false || title === 'different') return true;
  // An editor writes an `Editorial` in each issue, often on the same page.
  if (titleLength < minPartLetters && [volume, issue, pages].includes(false)) return true;
  // Two letters on one page can have one title.
  if (authors === false && abstract !== true) return true;
  // A journal of which two databases know different names still has one volume and one page.
  if (journal === false && volume !== true && pages !== true) return true;
  // One group often publishes an abstract at two conferences, then an article, all under one title.
  const elsewhere = [journal === false, volume === false, pages === false, (agreement.years ?? 0) >= 1];
  return elsewhere.filter(Boolean).length >= 2;
}

function logitOf(agreement: PairAgreement, titleLength: number): number {
  const { title, years } = agreement;
  let logit = weights.prior;
  // An equal title says the more the longer it is: many articles are called `Editorial` or `Diabetes`.
  const fullWeight = title === 'same' ? 7 : weights.title[title];
  logit += fullWeight > 0 ? Math.min(fullWeight, titleLength / 8) : fullWeight;
  if (years !== undefined) logit += weights.years[Math.min(years, 2)] ?? 0;
  for (const field of [
    'authors',
    'journal',
    'volume',
    'issue',
    'pages',
    'abstract',
    'doi',
    'pmid',
  ] as const) {
    const agrees = agreement[field];
    if (agrees !== undefined) logit += weights[field][agrees ? 0 : 1];
  }
  return logit;
}

function shorterTitle(a: ComparableRecord, b: ComparableRecord): number {
  return Math.min(a.title?.letters.length ?? 0, b.title?.letters.length ?? 0);
}

/** Compares two records field by field. */
export function agreementOf(a: ComparableRecord, b: ComparableRecord): PairAgreement {
  return {
    title: titleAgreement(a.title, b.title),
    isSameWork: a.isCorrection === b.isCorrection && isSameWork(a.title, b.title),
    authors: authorAgreement(a, b),
    years: a.year === undefined || b.year === undefined ? undefined : Math.abs(a.year - b.year),
    journal: a.journal && b.journal && isSameJournal(a.journal, b.journal),
    volume: equality(a.volume, b.volume),
    issue: equality(a.issue, b.issue),
    pages: pageAgreement(a, b),
    abstract: abstractAgreement(a, b),
    doi: equality(a.doi, b.doi),
    pmid: equality(a.pmid, b.pmid),
  };
}

function equality(a: string | undefined, b: string | undefined): Agreement {
  return a === undefined || b === undefined ? undefined : a === b;
}

function titleAgreement(a: TitleForm | undefined, b: TitleForm | undefined): TitleAgreement {
  if (!a || !b) return 'missing';
  if (a.letters === b.letters) return 'same';
  const similarity = dice(a.bigrams, b.bigrams);
  if (similarity >= 0.9) return 'near';
  const [short, long] =
    a.letters.length <= b.letters.length ? [a.letters, b.letters] : [b.letters, a.letters];
  if (short.length >= minPartLetters && (long.startsWith(short) || long.endsWith(short))) return 'part';
  if (similarity >= 0.7) return 'close';
  return a.isTranslated || b.isTranslated ? 'translated' : 'different';
}

function isSameWork(a: TitleForm | undefined, b: TitleForm | undefined): boolean {
  if (!a || !b || a.letters === b.letters) return true;
  if (a.kind !== b.kind || a.parts !== b.parts) return false;
  const isWhole = dice(a.bigrams, b.bigrams) >= 0.7;
  return !isWhole || a.numbers === b.numbers;
}

function authorAgreement(a: ComparableRecord, b: ComparableRecord): Agreement {
  const [short, long] = a.authors.size <= b.authors.size ? [a.authors, b.authors] : [b.authors, a.authors];
  if (short.size === 0) return undefined;
  let common = 0;
  for (const name of short) if (long.has(name)) common += 1;
  if (common === 0) return false;
  const isFirst = a.firstAuthor === b.firstAuthor || (a.firstAuthor !== undefined && long.has(a.firstAuthor));
  return isFirst && common >= short.size / 2 ? true : undefined;
}

function pageAgreement({ pages: a }: ComparableRecord, { pages: b }: ComparableRecord): Agreement {
  if (!a || !b) return undefined;
  if (a.first === b.first) return a.last === b.last || !a.last || !b.last ? true : undefined;
  // `1-9` counts the pages of an article before it is in an issue, and `e12` is an article number.
  const isProvisional = a.first === '1' || b.first === '1';
  const isOtherForm = /^\d+$/.test(a.first) !== /^\d+$/.test(b.first);
  return isProvisional || isOtherForm ? undefined : false;
}

/** Fewer runs of words than these say nothing. */
const minShingles = 12;

function abstractAgreement({ abstract: a }: ComparableRecord, { abstract: b }: ComparableRecord): Agreement {
  if (!a || !b || Math.min(a.length, b.length) < minShingles) return undefined;
  const common = containment(a, b);
  if (common >= 0.6) return true;
  return common < 0.2 ? false : undefined;
}
