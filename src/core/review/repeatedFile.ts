import { keysOfPlace, keysOfRecord } from '../records/publicationKeys';
import type { PublicationPlace } from '../types';
import type { RecordLookup } from './recordLookup';
import type { ReviewState } from './reviewState';

/**
 * Returns a function that tells whether a file only repeats records that the review was given as other files of its
 * folder: an export of the review, in this program or another, or a bibliography. Papers would otherwise be found and
 * counted twice. A file from which the review was imported is never a repetition, and neither is one whose records come
 * from outside of the folder, because then it is the only file of the folder that has them.
 */
export function repetitionFinder(
  { records, settings }: ReviewState,
  lookup: RecordLookup,
): (file: string, publications: readonly PublicationPlace[]) => boolean {
  const sources = settings.sources.filter(({ file }) => !/^[a-z][a-z\d+.-]*:/i.test(file));
  const files = new Set(sources.map(({ file }) => file));
  const ids = new Set(sources.map(({ id }) => id));
  const ofFolder = records.filter(({ source }) => ids.has(source));
  const known = new Set(
    ofFolder.flatMap((record) => [...keysOfRecord(record), `key ${lookup.citationKey(record)}`]),
  );
  return (file, publications) => {
    const stated = publications.map(({ id, name }) => keysOfPlace({ citation: id, publication: name }));
    const isEmpty = stated.every((keys) => keys.length === 0);
    return !isEmpty && !files.has(file) && stated.every((keys) => keys.some((key) => known.has(key)));
  };
}
