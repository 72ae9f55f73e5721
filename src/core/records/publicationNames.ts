import type { DocumentFormat } from '../types';
import { firstWhere } from '../firstWhere';
import { recordName } from './record';
import { eachRecordHead } from './readRecords';

/** Returns the name of the publication at an offset of the document: `Kaplan 2019, Title`. Undefined: it has none. */
export type PublicationNames = (offset: number) => string | undefined;

/** The names of the publications in a document. A document of prose has none. */
export function publicationNames(text: string, format: DocumentFormat): PublicationNames {
  const heads = [...eachRecordHead(text, format)].map((head) => ({
    start: head.start,
    name: recordName(head),
  }));
  return (offset) => heads[firstWhere(heads, ({ start }) => start > offset) - 1]?.name;
}
