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
  return { document: `${document}\n${publication}`, name: publication, file, line };
}
