/** Entry of the worker that ranks the records of a review: learning takes too long for the extension host. */
import { parentPort } from 'node:worker_threads';
import { BioBertError, errorCodes } from '../../core/errors';
import { estimateProgress } from '../../core/screening/progress';
import { createRanker, type Ranker } from '../../core/screening/ranker';
import { type Port, Rpc } from '../../protocol/rpc';
import { ownerPort } from '../rpcWorker';
import { loadMethod, rankMethod } from './screeningMessages';

function serve(port: Port): void {
  const rpc = new Rpc(port);
  let loaded: { readonly ranker: Ranker; readonly total: number } | undefined;
  rpc.handle(loadMethod, ({ records, question }) => {
    // Positions serve as ids here, so that an order of many records is a small message.
    const placed = records.map(({ title, abstract }, row) => ({ id: String(row), title, abstract }));
    loaded = { ranker: createRanker(placed, { question }), total: records.length };
    return Promise.resolve(undefined);
  });
  rpc.handle(rankMethod, (decisions) => {
    if (!loaded) throw notLoaded();
    const { ranker, total } = loaded;
    const { order, scores } = ranker.rank(
      decisions.map(({ row, relevant }) => ({ id: String(row), relevant })),
    );
    const progress = estimateProgress(
      decisions.map(({ relevant }) => relevant),
      total,
    );
    return Promise.resolve({ order: Uint32Array.from(order, Number), scores, progress });
  });
}

function notLoaded(): BioBertError {
  return new BioBertError(
    errorCodes.INTERNAL,
    'Records were to be ranked before they were loaded.',
    'Please report this.',
  );
}

if (parentPort) serve(ownerPort(parentPort));
