/** Entry of the forked process: the engine behind the channel to its parent. Started by childEngine.ts only. */
import { logEvent, type LogLine } from '../../protocol/engineMessages';
import { Rpc } from '../../protocol/rpc';
import { createEngine } from '../engine/engine';
import { isEngineArguments } from '../engine/engineOptions';
import { serveEngine } from './engineServer';
import type { Logger } from '../log';
import { processPort } from './processPort';
import { serverTokenVariable } from '../remote/serverToken';

function main(): void {
  const args: unknown = JSON.parse(process.argv[2] ?? 'null');
  if (!isEngineArguments(args)) throw new Error('The arguments of the engine process are malformed.');
  const rpc = new Rpc(processPort(process), (problem) => process.stderr.write(`${problem}\n`));
  // The token is not among the arguments: other users of the machine can read those.
  const token = process.env[serverTokenVariable];
  Reflect.deleteProperty(process.env, serverTokenVariable);
  const server = args.server && { ...args.server, token };
  let batches = 0;
  const engine = createEngine({ ...args, server, log: logOver(rpc), onBatch: () => batches++ });
  serveEngine(rpc, engine, () => batches);
  // The parent is gone, killed perhaps. SIGKILL, because ordinary exit runs the runtime's destructors under a run.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}

function logOver(rpc: Rpc): Logger {
  const line = (level: LogLine['level']) => (message: string) => rpc.notify(logEvent, { level, message });
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

main();
