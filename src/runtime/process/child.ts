/** Entry of the forked process: the engine behind the channel to its parent. Started by childEngine.ts only. */
import { isNumber, isOneOf, isOptional, isShape, isString } from '../../protocol/guards';
import { logEvent, type LogLine } from '../../protocol/engineMessages';
import { Rpc } from '../../protocol/rpc';
import { createEngine } from '../engine/engine';
import { serveEngine } from './engineServer';
import type { Logger } from '../log';
import { type Device, devices } from '../onnx/platform';
import { processPort } from './processPort';
import { serverTokenVariable } from '../remote/serverToken';
import type { RuntimeName } from '../onnx/session';

/** What the parent passes as the one argument, in JSON. */
export interface ChildArguments {
  readonly modelPath: string;
  readonly relationsPath?: string | undefined;
  readonly questionsPath?: string | undefined;
  readonly threads?: number | undefined;
  readonly runtime?: RuntimeName | undefined;
  readonly device?: Device | undefined;
  readonly maxCharacters?: number | undefined;
  /** Its token comes in {@link serverTokenVariable}: other users of the machine can read arguments. */
  readonly server?: { readonly url: string; readonly model?: string | undefined } | undefined;
}

const isChildArguments = isShape<ChildArguments>({
  modelPath: isString,
  relationsPath: isOptional(isString),
  questionsPath: isOptional(isString),
  threads: isOptional(isNumber),
  runtime: isOptional(isOneOf(['node', 'web'])),
  device: isOptional(isOneOf(devices)),
  maxCharacters: isOptional(isNumber),
  server: isOptional(
    isShape<{ url: string; model?: string }>({ url: isString, model: isOptional(isString) }),
  ),
});

function main(): void {
  const args: unknown = JSON.parse(process.argv[2] ?? 'null');
  if (!isChildArguments(args)) throw new Error('The arguments of the engine process are malformed.');
  const rpc = new Rpc(processPort(process), (problem) => process.stderr.write(`${problem}\n`));
  const token = process.env[serverTokenVariable];
  Reflect.deleteProperty(process.env, serverTokenVariable);
  const server = args.server && { ...args.server, token };
  serveEngine(rpc, createEngine({ ...args, server, log: logOver(rpc) }));
  // The parent is gone, killed perhaps. SIGKILL, because ordinary exit runs the runtime's destructors under a run.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}

function logOver(rpc: Rpc): Logger {
  const line = (level: LogLine['level']) => (message: string) => rpc.notify(logEvent, { level, message });
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

main();
