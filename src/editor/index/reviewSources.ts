import type { DisposableLike } from '../dispose';
import { logFailure, type Logger } from '../log';
import type { ReviewAccess } from '../reviewAccess';

type KnownReview = Pick<ReviewAccess, 'exists' | 'ready' | 'load' | 'onDidChange'>;

/** Identifies the files from which the review was imported; empty without a review. */
export async function sourcesKey(review: KnownReview): Promise<string> {
  await review.ready;
  return review.exists ? review.load().sourcesKey() : '';
}

/** Calls `listener` after each import into the review, and when the review begins or is gone. */
export function onSourcesChange(review: KnownReview, listener: () => void, log: Logger): DisposableLike {
  let known: string | undefined;
  const check = async (): Promise<void> => {
    const key = await sourcesKey(review);
    const isNew = known !== undefined && key !== known;
    known = key;
    if (isNew) listener();
  };
  const update = (): void => logFailure(check(), log, 'following the review');
  update();
  return review.onDidChange(update);
}
