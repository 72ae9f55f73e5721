import {
  type Guard,
  isBoolean,
  isNumber,
  isOneOf,
  isOptional,
  isPartialRecordOf,
  isShape,
  isString,
} from '../../protocol/guards';
import { type ModelPaths, modelTasks } from '../../protocol/tasks';
import type { Logger } from '../log';
import { type Device, devices } from '../onnx/platform';
import type { RuntimeName } from '../onnx/session';
import type { ServerOptions } from '../remote/inferenceClient';

/** The options of an engine that are plain data. Those of a forked process cross as JSON in its one argument. */
export interface EngineArguments {
  /** The folder of each task's model: one that ships, or the user's own. Requests of other tasks fail: MODEL_NOT_FOUND. */
  readonly modelPaths: ModelPaths;
  /**
   * Folder of the terminology that links mentions to concepts. Default, and for a folder that is missing: mentions are not
   * linked, except to terms of the user.
   */
  readonly terminologyPath?: string | undefined;
  /** Threads of one inference. Default, and for 0: half the cores, at least 1, at most 4. */
  readonly threads?: number | undefined;
  /** Default: `node` where it has a binary for this platform, else `web`. */
  readonly runtime?: RuntimeName | undefined;
  /** Default `cpu`, which replaces a device that cannot be used; the log says why. */
  readonly device?: Device | undefined;
  /**
   * A server that runs the models instead of this machine; the folders are needed for their tokenizers. The tagger always
   * runs on the server. If the server has no model of another task, that model runs locally.
   */
  readonly server?: Pick<ServerOptions, 'url' | 'model' | 'allowHttp'> | undefined;
  /** Longer texts are refused with DOCUMENT_TOO_LARGE. UTF-16 code units; default 50 Mi. */
  readonly maxCharacters?: number | undefined;
}

export interface EngineOptions extends EngineArguments {
  readonly server?: ServerOptions | undefined;
  readonly log?: Logger | undefined;
  /**
   * Whether each document is read as if it were the only one. Models with 8-bit weights round by the batch: if a sentence is
   * also in another document, its cached finding may have another probability. Default: false, which is faster.
   */
  readonly cachePerDocument?: boolean | undefined;
  /** Called before each batch of a request. */
  readonly onBatch?: (() => void) | undefined;
}

export const isEngineArguments: Guard<EngineArguments> = isShape<EngineArguments>({
  modelPaths: isPartialRecordOf(modelTasks, isString),
  terminologyPath: isOptional(isString),
  threads: isOptional(isNumber),
  runtime: isOptional(isOneOf(['node', 'web'])),
  device: isOptional(isOneOf(devices)),
  maxCharacters: isOptional(isNumber),
  server: isOptional(
    isShape<NonNullable<EngineArguments['server']>>({
      url: isString,
      model: isOptional(isString),
      allowHttp: isOptional(isBoolean),
    }),
  ),
});

/** Leaves out the server's token: other users of the machine can read the arguments of a process. */
export function engineArguments(options: EngineOptions): EngineArguments {
  const { modelPaths, terminologyPath, threads, runtime, device, maxCharacters, server } = options;
  const address = server && { url: server.url, model: server.model, allowHttp: server.allowHttp };
  return { modelPaths, terminologyPath, threads, runtime, device, maxCharacters, server: address };
}
