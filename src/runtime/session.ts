/**
 * The only file that loads onnxruntime, and only when a session is opened.
 *
 * Needed at run time, in node_modules beside dist/ (nothing of them is bundled, all of it CommonJS):
 *   onnxruntime-common   package.json, dist/cjs/**\/*.js, dist/cjs/package.json
 *   onnxruntime-node     package.json, dist/**\/*.js, bin/napi-v6/OS/ARCH/**
 *   onnxruntime-web      package.json, dist/ort.node.min.js, dist/ort-wasm-simd-threaded.mjs, dist/ort-wasm-simd-threaded.wasm
 * A package for one platform needs the first two and may add the third as a fallback; the universal one, the first and third.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type * as ort from 'onnxruntime-common';
import { BioBertError, errorCodes } from '../core/errors';
import type { Batch, Logits, Model } from '../core/types';
import type { ModelInfo } from '../protocol/engine';
import type { Logger } from './log';

/** `node`: the native runtime. `web`: the WebAssembly one, in the same process; runs everywhere, at less than half the speed. */
export type RuntimeName = 'node' | 'web';

export interface SessionOptions {
  /** 0: half the cores, at least 1, at most 4. */
  readonly threads: number;
  /** Absent: `node` where it loads, else `web`. */
  readonly runtime?: RuntimeName | undefined;
  readonly log: Logger;
}

export interface Session extends Model {
  readonly runtime: ModelInfo['runtime'];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  release(): Promise<void>;
}

type Runtime = Pick<typeof ort, 'InferenceSession' | 'Tensor' | 'env'>;

const packages = { node: 'onnxruntime-node', web: 'onnxruntime-web' } as const;

/** Where onnxruntime-node 1.30 has a binary. Asked before it is required: elsewhere its first line throws. */
const nativePlatforms: ReadonlySet<string> = new Set([
  'linux-x64',
  'linux-arm64',
  'win32-x64',
  'win32-arm64',
  'darwin-arm64',
]);

export function hasNativeRuntime(platform: string = process.platform, arch: string = process.arch): boolean {
  return nativePlatforms.has(`${platform}-${arch}`);
}

export function threadCount(threads: number): number {
  return threads > 0 ? threads : Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));
}

/**
 * @param path A checked `model.onnx`.
 * @throws {BioBertError} RUNTIME_UNAVAILABLE, MODEL_FILE_DAMAGED, MODEL_SHAPE_MISMATCH or OUT_OF_MEMORY.
 */
export async function openSession(path: string, options: SessionOptions): Promise<Session> {
  const { name, runtime } = loadRuntime(options);
  // What goes wrong is thrown as well; as lines on stderr it would only be noise.
  runtime.env.logLevel = 'fatal';
  const threads = threadCount(options.threads);
  if (name === 'web') runtime.env.wasm.numThreads = threads;
  const session = await createSession(runtime, name, path, threads);
  const checked = checkInputs(session);
  return {
    runtime: packages[name],
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: oneAtATime((batch: Batch) => runBatch(runtime, session, checked, batch)),
    release: () => session.release(),
  };
}

function loadRuntime({ runtime, log }: SessionOptions): { name: RuntimeName; runtime: Runtime } {
  // Set here too for processes that fork none of ours, the command line among them.
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const order: readonly RuntimeName[] = runtime ? [runtime] : hasNativeRuntime() ? ['node', 'web'] : ['web'];
  const problems: unknown[] = [];
  for (const name of order) {
    try {
      const loaded = requireRuntime(name);
      if (name === 'web' && !runtime) {
        log.warn(
          `No native runtime for ${process.platform}-${process.arch}: the WebAssembly one takes its place.`,
        );
      }
      return { name, runtime: loaded };
    } catch (error) {
      problems.push(error);
      log.debug(`${packages[name]} did not load: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
  throw new BioBertError(
    errorCodes.RUNTIME_UNAVAILABLE,
    `The inference runtime does not load on ${process.platform}-${process.arch}.`,
    'Install the package of BioBERT for this platform, or the universal one.',
    { cause: problems[0] },
  );
}

/** `require`, and not `import()`: so that both packages share one CommonJS copy of onnxruntime-common. */
function requireRuntime(name: RuntimeName): Runtime {
  return createRequire(__filename)(packages[name]) as Runtime;
}

async function createSession(
  runtime: Runtime,
  name: RuntimeName,
  path: string,
  threads: number,
): Promise<ort.InferenceSession> {
  const options: ort.InferenceSession.SessionOptions = {
    executionProviders: [name === 'node' ? 'cpu' : 'wasm'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  };
  try {
    if (name === 'node') return await runtime.InferenceSession.create(path, options);
    return await runtime.InferenceSession.create(await readFile(path), options);
  } catch (error) {
    if (isOutOfMemory(error)) throw outOfMemory(error);
    throw new BioBertError(
      errorCodes.MODEL_FILE_DAMAGED,
      `The inference runtime cannot read ${path}.`,
      'Export or copy the file again; for the model that ships with BioBERT, reinstall the extension.',
      { cause: error },
    );
  }
}

const batchInputs = {
  input_ids: 'inputIds',
  attention_mask: 'attentionMask',
  token_type_ids: 'tokenTypeIds',
} as const satisfies Record<string, keyof Batch>;

type InputName = keyof typeof batchInputs;

interface CheckedNames {
  readonly inputs: readonly { readonly name: InputName; readonly type: 'int64' | 'int32' }[];
  readonly output: string;
}

function checkInputs(session: ort.InferenceSession): CheckedNames {
  const inputs = session.inputMetadata.map((input) => {
    const type = input.isTensor ? input.type : undefined;
    if (!isInputName(input.name) || (type !== 'int64' && type !== 'int32')) {
      throw shapeMismatch(`model.onnx asks for the input "${input.name}" of type ${type ?? 'unknown'}.`);
    }
    return { name: input.name, type };
  });
  const output = session.outputNames.includes('logits') ? 'logits' : session.outputNames[0];
  if (output === undefined || !session.inputNames.includes('input_ids')) {
    throw shapeMismatch('model.onnx has no input "input_ids" or no output.');
  }
  return { inputs, output };
}

function isInputName(name: string): name is InputName {
  return Object.hasOwn(batchInputs, name);
}

async function runBatch(
  runtime: Runtime,
  session: ort.InferenceSession,
  names: CheckedNames,
  batch: Batch,
): Promise<Logits> {
  const feeds: Record<string, ort.Tensor> = {};
  for (const { name, type } of names.inputs) {
    const data = batch[batchInputs[name]];
    const dims = [batch.size, batch.length];
    feeds[name] =
      type === 'int64'
        ? new runtime.Tensor('int64', data, dims)
        : new runtime.Tensor('int32', Int32Array.from(data, Number), dims);
  }
  let output: ort.Tensor | undefined;
  try {
    output = (await session.run(feeds, [names.output]))[names.output];
  } catch (error) {
    throw isOutOfMemory(error) ? outOfMemory(error) : runFailed(error);
  }
  return toLogits(output);
}

function toLogits(output: ort.Tensor | undefined): Logits {
  const [size, length, labels] = output?.dims ?? [];
  const data = output?.data;
  if (
    !(data instanceof Float32Array) ||
    output?.dims.length !== 3 ||
    size === undefined ||
    length === undefined ||
    labels === undefined
  ) {
    throw shapeMismatch(
      `model.onnx gives ${output?.type ?? 'no'} logits of ${output?.dims.length ?? 0} dimensions.`,
    );
  }
  return { data, dims: [size, length, labels] };
}

/** The WebAssembly runtime refuses a second run on a session before the first has ended. */
function oneAtATime<T, R>(action: (value: T) => Promise<R>): (value: T) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  return (value) => {
    const next = last.then(() => action(value));
    last = next.catch(() => undefined);
    return next;
  };
}

function isOutOfMemory(error: unknown): boolean {
  return (
    error instanceof Error &&
    /bad[_ ]?alloc|out of memory|allocation failed|failed to allocate/i.test(error.message)
  );
}

function outOfMemory(cause: unknown): BioBertError {
  const message = 'There is not enough memory for the model.';
  return new BioBertError(
    errorCodes.OUT_OF_MEMORY,
    message,
    'Close other programs, or use a smaller model.',
    { cause },
  );
}

function runFailed(cause: unknown): BioBertError {
  const message = 'The inference runtime failed on a batch.';
  const nextStep = 'Run the command again, and report it with "BioBERT: Report Issue" if it returns.';
  return new BioBertError(errorCodes.RUNTIME_FAILED, message, nextStep, { cause });
}

function shapeMismatch(message: string): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    message,
    'Export a token classification model with the inputs input_ids, attention_mask and token_type_ids and the output logits [batch, sequence, labels].',
  );
}
