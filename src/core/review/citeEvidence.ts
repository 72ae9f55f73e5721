import type { CitedEvidence, CitedEntry } from '../curation/citedEvidence';
import type { Evidence } from '../curation/evidenceFile';
import { recordName } from '../records/record';
import { bibliographyText } from './bibliography';
import type { ExportedRecord } from './exportedRecord';
import type { RecordLookup } from './recordLookup';
import type { Reference } from './reviewData';

/** The publication that an entry cites. */
interface Cited {
  /** Equal for entries of one publication. */
  readonly identity: string;
  /** The key that it should have. */
  readonly key: string;
  /** Undefined if nothing but the name of the document is known. */
  readonly reference: Reference | undefined;
}

/**
 * Gives entries of the evidence table citation keys, with a bibliography that has each of them. The record of the review
 * counts, or else the record in the document, whose own key or identifier is the citation.
 *
 * @param lookup Undefined if there is no review.
 * @param recordIn The record of an entry's publication in its document, if the document has records.
 */
export function citeEvidence(
  evidence: readonly Evidence[],
  lookup: RecordLookup | undefined,
  recordIn: (entry: Evidence) => Reference | undefined,
): CitedEvidence {
  const records = new Map<string, ExportedRecord>();
  const taken = new Set<string>();
  const entryOf = (each: Evidence, { identity, key, reference }: Cited): CitedEntry => {
    const known = records.get(identity);
    const exported = known ?? { record: recordOf(each, reference, identity), key: freeKey(key, taken) };
    if (!known) records.set(identity, exported);
    const name = reference && recordName(reference);
    return {
      ...each,
      citation: exported.key,
      publication: name ?? each.publication,
      ...(reference && { facts: reference }),
    };
  };
  const cited = evidence.map((each) => citedBy(each, lookup, recordIn));
  // Keys of the review come first: the same key is in its bibliography.
  const isOfReview = ({ identity }: Cited): boolean => identity.startsWith(ofReview);
  const order = cited.flatMap((each, index) => (isOfReview(each) ? [index] : []));
  const others = cited.flatMap((each, index) => (isOfReview(each) ? [] : [index]));
  const entries = new Map(
    [...order, ...others].flatMap((index) => {
      const [each, publication] = [evidence[index], cited[index]];
      return each && publication ? [[index, entryOf(each, publication)] as const] : [];
    }),
  );
  return {
    evidence: evidence.flatMap((_, index) => entries.get(index) ?? []),
    bibliography: bibliographyText([...records.values()]),
  };
}

const ofReview = 'review\n';

function citedBy(
  each: Evidence,
  lookup: RecordLookup | undefined,
  recordIn: (entry: Evidence) => Reference | undefined,
): Cited {
  const { citation, publication, document } = each;
  const record = lookup?.find({ citation, publication });
  if (lookup && record) {
    return {
      identity: `${ofReview}${record.id}`,
      key: lookup.citationKey(record),
      reference: lookup.complete(record),
    };
  }
  const reference = recordIn(each);
  const place = reference ? [citation, recordName(reference) ?? publication ?? ''] : [document];
  return { identity: place.join('\n'), key: validKey(citation), reference };
}

/** The record that stands in the bibliography. What names no title is cited by the name of its file. */
function recordOf(
  { publication, document }: Evidence,
  reference: Reference | undefined,
  id: string,
): ExportedRecord['record'] {
  const known = reference ?? { authors: [], keywords: [], types: [] };
  return { ...known, title: known.title ?? publication ?? document, id, source: '', index: 0 };
}

/**
 * Reduces an identifier to a key of BibTeX, Biber and Pandoc. Two signs one after the other would end a key of Pandoc
 * (manual, "Citation syntax").
 */
function validKey(citation: string): string {
  const valid = citation
    .replace(/[^\p{L}\p{N}_:.+\-/]/gu, '_')
    .replace(/([:.+\-/])[:.+\-/]+/g, '$1')
    .replace(/[^\p{L}\p{N}_]+$/u, '');
  return /^[\p{L}\p{N}_]/u.test(valid) ? valid : `_${valid}`;
}

/** BibTeX does not tell keys apart that differ only in case. */
function freeKey(key: string, taken: Set<string>): string {
  let free = key;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${key}_${number}`;
  taken.add(free.toLowerCase());
  return free;
}
