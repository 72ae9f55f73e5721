import { keysOfPlace } from '../../core/records/publicationKeys';
import type { PlaceName } from '../../protocol/panel';

interface Place {
  /** `uri.toString()` */
  readonly document: string;
  /** Short name of the document. */
  readonly file: string;
  /** Counted from 1; 0 if it is not known. */
  readonly line: number;
  /** The publication at this place, if the document names it. */
  readonly publication: string | undefined;
}

/** A place as the panel shows it: under the name of its publication, or else of its document. */
export function placeName({ document, file, line, publication }: Place): PlaceName {
  if (publication === undefined) return { document, name: file, line };
  return { document: publicationKey(document, publication), name: publication, file, line };
}

/** Copies of a record in several files are one publication. Many publications have a short title, such as _Editorial_. */
function publicationKey(document: string, publication: string): string {
  const keys = keysOfPlace({ publication, citation: undefined });
  return keys.findLast((key) => key.startsWith('title ')) ?? `${document}\n${publication}`;
}
