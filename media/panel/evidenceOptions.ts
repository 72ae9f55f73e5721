/** Display options of the evidence, saved with the state of the page. Without side effects. */
export interface EvidenceOptions {
  /** Shown as a table of documents by topics if true, as a list if false. Default: depends on the width. */
  readonly isTable?: boolean | undefined;
  readonly withUnpinned: boolean;
}

export const defaultEvidenceOptions: EvidenceOptions = { withUnpinned: true };
