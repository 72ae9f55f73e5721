/** Entry of the worker that owns the index of a folder. SQLite calls are synchronous and would block the extension host. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  completeMethod,
  findingsMethod,
  knownMethod,
  marksMethod,
  putMethod,
  relationsMethod,
  removeMethod,
  restampMethod,
  searchMethod,
  statsMethod,
} from '../../protocol/indexMessages';
import { Rpc, type Port } from '../../protocol/rpc';
import { ownerPort } from '../rpcWorker';
import { IndexDatabase } from './indexDatabase';
import type { PassageStore } from './passageStore';

function serve(port: Port, file: string): void {
  const rpc = new Rpc(port);
  const database = new IndexDatabase(file);
  const done = (work: (store: PassageStore) => void): Promise<undefined> =>
    database.run((store) => {
      work(store);
      return undefined;
    });
  rpc.handle(statsMethod, () => database.run((store) => store.stats()));
  rpc.handle(knownMethod, () => database.run((store) => store.known()));
  rpc.handle(marksMethod, ({ documents }) => database.run((store) => store.findings.marks(documents)));
  rpc.handle(completeMethod, () => done((store) => store.complete()));
  rpc.handle(putMethod, (document) => done((store) => store.put(document)));
  rpc.handle(restampMethod, (stamped) => done((store) => store.restamp(stamped)));
  rpc.handle(findingsMethod, (findings) => done((store) => store.putFindings(findings)));
  rpc.handle(removeMethod, (documents) => done((store) => store.remove(documents)));
  rpc.handle(searchMethod, (request) =>
    database.run((store) => ({ found: store.search(request), ...store.publications.extent(request.only) })),
  );
  rpc.handle(relationsMethod, (request) => database.run((store) => store.relations(request)));
}

if (parentPort) {
  const { file } = workerData as { readonly file: string };
  serve(ownerPort(parentPort), file);
}
