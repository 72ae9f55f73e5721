import { throwIfCancelled } from '../../core/errors';
import { orCancelled } from '../abort';
import type { RequestContext } from './requestContext';

/** Makes each run of a model wait for its turn, and give up when the request is cancelled. */
export function inTurn<Batch, Result>(
  { turn, signal }: Pick<RequestContext, 'turn' | 'signal'>,
  run: (batch: Batch) => Promise<Result>,
): (batch: Batch) => Promise<Result> {
  return async (batch) => {
    await turn();
    throwIfCancelled(signal);
    return orCancelled(run(batch), signal);
  };
}
