/** How the evidence is shown; kept with the page's state. Pure. */
export interface EvidenceOptions {
  /** Documents by topics; as a list where false. Undefined: what the width allows. */
  readonly isTable?: boolean | undefined;
  readonly withUnpinned: boolean;
}

export const defaultEvidenceOptions: EvidenceOptions = { withUnpinned: true };
