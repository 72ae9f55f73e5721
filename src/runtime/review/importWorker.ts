/** Entry of the worker that imports records: parsing and comparing thousands of them would block the extension host. */
import { parentPort } from 'node:worker_threads';
import { importMethod, readFileMethod } from '../../protocol/reviewMessages';
import { Rpc, type Port } from '../../protocol/rpc';
import { ownerPort } from '../rpcWorker';
import { RecordImporter } from './recordImporter';

function serve(port: Port): void {
  const rpc = new Rpc(port);
  const importer = new RecordImporter();
  rpc.handle(readFileMethod, (request) => importer.readFile(request));
  rpc.handle(importMethod, (request) => importer.import(request));
}

if (parentPort) serve(ownerPort(parentPort));
