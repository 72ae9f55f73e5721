import type { ErrorCode } from '../../core/errors';
import type { ExtractedPaper, PaperKind } from './paper';

export interface PaperRequest {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly kind: PaperKind;
}

/** The answer to the request with the same id. */
export interface PaperReply {
  readonly id: number;
  readonly paper?: ExtractedPaper | undefined;
  readonly error?:
    { readonly code: ErrorCode; readonly message: string; readonly nextStep: string } | undefined;
}
