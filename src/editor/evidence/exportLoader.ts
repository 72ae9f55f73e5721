import type { Evidence } from '../../core/curation/evidenceFile';
import type { FormColumnName } from '../../core/curation/evidenceTopics';
import { loadBundle } from '../loadBundle';
import type { ReviewAccess } from '../reviewAccess';

/** A sentence that a model found for a column of the table, or a paper in which it found none. */
export interface UnpinnedEvidence {
  readonly evidence: Evidence;
  readonly isUnanswered: boolean;
}

/** The content of an export. */
export interface EvidenceToExport {
  readonly pinned: readonly Evidence[];
  /** Sentences of the table that are not pinned; Word and Excel files name them so. */
  readonly unpinned: readonly UnpinnedEvidence[];
  /** The columns of the extraction form. */
  readonly form: readonly FormColumnName[];
}

/** The exports of `dist/evidenceExport.js`. */
export interface ExportBundle {
  /**
   * Asks for the format, if it is not given, and where to save the evidence; writes it and shows the file.
   *
   * @param format The name of a format. The user chooses if there is none of this name.
   */
  exportEvidence(
    content: EvidenceToExport,
    review: Pick<ReviewAccess, 'load'>,
    format?: unknown,
  ): Promise<void>;
}

/**
 * Loads the exports. They are a bundle of their own, with the writers of Word and Excel files: nobody who only reads should
 * wait for them.
 *
 * @param file Path of `dist/evidenceExport.js`.
 */
export function loadExport(file: string): ExportBundle {
  return loadBundle(file) as ExportBundle;
}
