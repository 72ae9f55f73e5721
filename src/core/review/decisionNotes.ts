import type { ExportedRecord } from './exportedRecord';
import { filled } from './exportedText';

/** The beginnings of notes with a decision, with a reason and with tags of the reviewers. */
export const noteStarts = { decision: 'Decision: ', reason: 'Reason: ', tags: 'Tags: ' } as const;

/** Stands between the notes in {@link annotationOf}. */
export const noteDivider = ' | ';

/** The reason, the tags and the notes of a record as one note each. */
export function remarkNotes({ reason, notes = [], tags = [] }: ExportedRecord): string[] {
  return filled([
    reason === undefined ? undefined : noteStarts.reason + reason,
    tags.length === 0 ? undefined : noteStarts.tags + tags.join('; '),
    ...notes,
  ]);
}

/**
 * The decision about a record with all notes as one text: `Decision: exclude | Reason: wrong dose | Tags: dose`. It is meant
 * for the field `annote` of BibTeX and CSL, which is made for such remarks and which styles do not print. A divider within a
 * note is written with a slash. Undefined if there is nothing to say; a record that is still undecided has no decision.
 */
export function annotationOf(exported: ExportedRecord): string | undefined {
  const { decision } = exported;
  const isDecided = decision !== undefined && decision !== 'undecided';
  const notes = [...(isDecided ? [noteStarts.decision + decision] : []), ...remarkNotes(exported)];
  if (notes.length === 0) return undefined;
  return notes.map((note) => note.replaceAll(noteDivider, ' / ')).join(noteDivider);
}
