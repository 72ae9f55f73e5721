/** Which record of a review a publication in a document is. */
import type { PublicationPlace } from '../types';
import type { ReviewRecord, ReviewSource } from './reviewData';

export type FindRecord = (
  publication: Pick<PublicationPlace, 'id' | 'name'>,
  document: string,
) => ReviewRecord | undefined;

/** Shorter titles, such as `Reply`, belong to many publications. */
const minTitleWords = 4;

/**
 * Returns a function that finds the record of a publication: by PubMed, PMC or DOI identifier, or by title. A citation
 * key counts only in the file that the record was imported from, because other files use the same keys for other papers.
 * The document is a path relative to the folder, as {@link ReviewSource.file}.
 */
export function recordFinder(records: readonly ReviewRecord[], sources: readonly ReviewSource[]): FindRecord {
  const files = new Map(sources.map(({ id, file }) => [id, file]));
  const byId = new Map<string, ReviewRecord>();
  const byKey = new Map<string, ReviewRecord>();
  const byTitle = new Map<string, ReviewRecord>();
  for (const record of records) {
    const { pmid, pmcid, doi, key, source, title = '' } = record;
    for (const id of [pmid, pmcid, doi]) if (id !== undefined) byId.set(id.toLowerCase(), record);
    const file = files.get(source);
    if (key !== undefined && file !== undefined) byKey.set(`${file}\n${key}`, record);
    const words = titleWords(title);
    if (words.length >= minTitleWords) byTitle.set(words.join(' '), record);
  }
  return ({ id, name }, document) =>
    (id === undefined ? undefined : (byId.get(id.toLowerCase()) ?? byKey.get(`${document}\n${id}`))) ??
    titlesIn(name ?? '').flatMap((title) => byTitle.get(title) ?? [])[0];
}

/** The texts that may be the title in the name of a publication: `Kaplan 2019, Title`, or a title with commas. */
function titlesIn(name: string): readonly string[] {
  const starts = [0, ...Array.from(name.matchAll(/, /gu), ({ index }) => index + 2)];
  return starts.map((start) => titleWords(name.slice(start)).join(' '));
}

function titleWords(title: string): readonly string[] {
  return title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
