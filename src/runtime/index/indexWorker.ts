/** Entry of the worker that owns the index of a folder. SQLite calls are synchronous and would block the extension host. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  findingsMethod,
  knownMethod,
  putMethod,
  relationsMethod,
  removeMethod,
  searchMethod,
  statsMethod,
} from '../../protocol/indexMessages';
import { Rpc, type Port } from '../../protocol/rpc';
import { PassageStore } from './passageStore';
import { openSql } from './sqlite';

function serve(port: Port, file: string): void {
  const rpc = new Rpc(port);
  let opened: PassageStore | undefined;
  // The store opens at the first request, so that a failure is the answer to that request.
  const store = (): PassageStore => (opened ??= new PassageStore(openSql(file)));
  rpc.handle(statsMethod, () => answer(() => store().stats()));
  rpc.handle(knownMethod, () => answer(() => store().known()));
  rpc.handle(putMethod, (document) => done(() => store().put(document)));
  rpc.handle(findingsMethod, (findings) => done(() => store().putFindings(findings)));
  rpc.handle(removeMethod, (documents) => done(() => store().remove(documents)));
  rpc.handle(searchMethod, (request) => answer(() => store().search(request)));
  rpc.handle(relationsMethod, ({ from, limit }) => answer(() => store().relations(from, limit)));
}

/** Turns an exception into a rejection. */
function answer<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/** Like {@link answer}, for work without a result. */
function done(work: () => void): Promise<undefined> {
  return answer(() => {
    work();
    return undefined;
  });
}

if (parentPort) {
  const port = parentPort;
  const { file } = workerData as { readonly file: string };
  serve(
    {
      postMessage: (message) => {
        port.postMessage(message);
      },
      onMessage: (listener) => {
        port.on('message', listener);
      },
      onClose: (listener) => {
        port.on('close', listener);
      },
    },
    file,
  );
}
