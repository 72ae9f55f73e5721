/**
 * The part of the review that the extension uses. The code of the review is a bundle of its own, which is loaded when the review is first
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

/** The exports of `dist/review.js`. */
export interface ReviewBundle {
  createReview(parts: ReviewParts): Review;
}
