import type { DisposableLike } from '../dispose';
import type { ReviewParts } from '../reviewAccess';
import type { ReviewSession } from './reviewSession';

/** What the commands of the review use. */
export interface ReviewTools extends DisposableLike {
  readonly parts: ReviewParts;
  readonly session: ReviewSession;
}

export function createTools(parts: ReviewParts, session: ReviewSession): ReviewTools {
  return {
    parts,
    session,
    dispose: () => {
      session.dispose();
    },
  };
}

/** A command of the review. @param args What VS Code passes; from the palette nothing. */
export type RunCommand = (tools: ReviewTools, args: readonly unknown[]) => Promise<void>;
