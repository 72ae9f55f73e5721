/**
 * What the extension uses of the review. Its code is a bundle of its own, which is loaded when the review is first
 * used: nobody who only reads should wait for it.
 */
import type { ReviewCommandId } from './commandIds';
import type { CommandParts } from './commands/parts';
import type { DisposableLike } from './dispose';

export type ReviewParts = CommandParts;

/** The review of the open folder. */
export interface Review extends DisposableLike {
  run(command: ReviewCommandId, args: readonly unknown[]): Promise<void>;
}

/** What `dist/review.js` exports. */
export interface ReviewBundle {
  createReview(parts: ReviewParts): Review;
}
