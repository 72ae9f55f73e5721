/**
 * The only file that loads onnxruntime. It does so when the first session is opened.
 *
 * These files are needed at run time in node_modules beside dist/, because onnxruntime is not bundled:
 *   onnxruntime-common   package.json, dist/cjs/**\/*.js, dist/cjs/package.json
 *   onnxruntime-node     package.json, dist/**\/*.js, bin/napi-v6/OS/ARCH/**
 *   onnxruntime-web      package.json, dist/ort.node.min.js, dist/ort-wasm-simd-threaded.mjs, dist/ort-wasm-simd-threaded.wasm
 * A VSIX for one platform needs the first two and may add the third as a fallback. The universal VSIX needs the first and
 * the third.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import type * as ort from 'onnxruntime-common';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Logger } from '../log';
import { type Device, hasNativeRuntime, threadCount } from './platform';
import type { ServerOptions } from '../remote/inferenceClient';
import { openRemoteSession } from '../remote/remoteSession';
import type { GraphShape, InputTensor, OutputTensor, Session, SessionInputs } from '../sessionTypes';
import { withFiniteOutputs } from '../finiteOutputs';
import { workQueue } from '../workQueue';
import { readExternalData } from '../modelFolders/weightFiles';

/** `node` is the native runtime. `web` is WebAssembly in the same process; it runs everywhere, at less than half the speed. */
export type RuntimeName = 'node' | 'web';

export interface SessionOptions {
  /** 0 means half the cores, at least 1 and at most 4. */
  readonly threads: number;
  /** Default: `node` if it loads on this platform, otherwise `web`. */
  readonly runtime?: RuntimeName | undefined;
  /** Default: `cpu`, which also replaces a device that cannot be used. */
  readonly device?: Device | undefined;
  /** A server that runs the model instead of a local runtime. */
  readonly server?: ServerOptions | undefined;
  readonly log: Logger;
}

export type {
  GraphShape,
  GraphTensors,
  InputTensor,
  OutputTensor,
  Session,
  SessionInputs,
} from '../sessionTypes';

type Runtime = Pick<typeof ort, 'InferenceSession' | 'Tensor' | 'env'> & {
  /** Only onnxruntime-node has this function. */
  readonly listSupportedBackends?: () => readonly { readonly name: string }[];
};

/**
 * With one thread, a batch of this size takes BERT-large some 25 s, during which the process answers nothing. Larger
 * batches would not be faster.
 */
const maxTokensOfWeb = 512;

const packages = { node: 'onnxruntime-node', web: 'onnxruntime-web' } as const;

/**
 * @param path A checked `model.onnx`.
 * @returns A session whose runs fail if an output is not finite.
 * @throws {BioBertError} RUNTIME_UNAVAILABLE, MODEL_FILE_DAMAGED, MODEL_SHAPE_MISMATCH or OUT_OF_MEMORY.
 */
export async function openSession(
  path: string,
  shape: GraphShape,
  options: SessionOptions,
): Promise<Session> {
  const { server } = options;
  const folder = folderName(path);
  if (server) return openRemoteSession(server, folder, shape);
  return withFiniteOutputs(await openLocalSession(path, shape, options), { model: folder });
}

/** The name of the model folder. Optimum puts the graph into a folder `onnx` in it. */
function folderName(path: string): string {
  const folder = dirname(path);
  return basename(basename(folder) === 'onnx' ? dirname(folder) : folder);
}

async function openLocalSession(path: string, shape: GraphShape, options: SessionOptions): Promise<Session> {
  const { name, runtime } = loadRuntime(options);
  // Every failure is thrown too, so that lines on stderr would repeat it.
  runtime.env.logLevel = 'fatal';
  const threads = threadCount(options.threads);
  if (name === 'web') runtime.env.wasm.numThreads = threads;
  const session = await createOnDevice(runtime, name, { ...options, path, threads });
  const inputs = checkGraph(session, shape);
  // The WebAssembly runtime refuses a second run on a session before the first has ended.
  const inOrder = workQueue();
  const run = (feeds: SessionInputs, outputs: readonly string[]) =>
    inOrder(() => runOnce(runtime, session, { inputs, feeds, outputs, shape }));
  return {
    runtime: packages[name],
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    ...(name === 'web' && { maxTokensPerBatch: maxTokensOfWeb }),
    run: run as Session['run'],
    release: () => session.release(),
  };
}

function loadRuntime({ runtime, log }: SessionOptions): { name: RuntimeName; runtime: Runtime } {
  // The forked process gets this variable from its parent; the command line and tests need it here.
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

/** Uses `require` so that both packages share one CommonJS copy of onnxruntime-common; `import()` would load a second one. */
function requireRuntime(name: RuntimeName): Runtime {
  return createRequire(__filename)(packages[name]) as Runtime;
}

/** Creates the session on the requested device. If that fails, it logs one message and uses the processor. */
async function createOnDevice(
  runtime: Runtime,
  name: RuntimeName,
  { path, threads, device = 'cpu', log }: SessionOptions & { readonly path: string },
): Promise<ort.InferenceSession> {
  const onProcessor = () => createSession(runtime, path, threads, [name === 'node' ? 'cpu' : 'wasm']);
  if (device === 'cpu') return onProcessor();
  const fallBack = (reason: string) => {
    log.warn(`The device ${device} cannot be used: ${reason}. The processor takes its place.`);
    return onProcessor();
  };
  // The runtime ignores an unknown execution provider without a message.
  const isKnown = runtime.listSupportedBackends?.().some((each) => each.name === device) ?? false;
  if (!isKnown) return fallBack(`${packages[name]} is not built for it here`);
  try {
    return await createSession(runtime, path, threads, [device, 'cpu']);
  } catch (error) {
    const cause = error instanceof BioBertError ? error.cause : error;
    return fallBack(cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : 'it does not start');
  }
}

async function createSession(
  runtime: Runtime,
  path: string,
  threads: number,
  executionProviders: readonly string[],
): Promise<ort.InferenceSession> {
  const options: ort.InferenceSession.SessionOptions = {
    executionProviders: [...executionProviders],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  };
  try {
    if (!executionProviders.includes('wasm')) return await runtime.InferenceSession.create(path, options);
    const model = await readFile(path);
    const externalData = await readExternalData(model, path);
    return await runtime.InferenceSession.create(model, { ...options, externalData });
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

interface GraphInput {
  readonly name: string;
  readonly type: 'int64' | 'int32';
}

function checkGraph(session: ort.InferenceSession, shape: GraphShape): readonly GraphInput[] {
  const missing = [
    ...shape.requiredInputs.filter((name) => !session.inputNames.includes(name)),
    ...shape.requiredOutputs.filter((name) => !session.outputNames.includes(name)),
  ];
  if (missing.length > 0 || session.outputNames.length === 0) {
    const what = missing.length > 0 ? `input or output "${missing.join('", "')}"` : 'output';
    throw shapeMismatch(`model.onnx has no ${what}.`, shape);
  }
  return session.inputMetadata.map((input) => {
    const type = input.isTensor ? input.type : undefined;
    if (!shape.inputs.includes(input.name) || (type !== 'int64' && type !== 'int32')) {
      const message = `model.onnx asks for the input "${input.name}" of type ${type ?? 'unknown'}.`;
      throw shapeMismatch(message, shape);
    }
    return { name: input.name, type };
  });
}

interface Run {
  readonly inputs: readonly GraphInput[];
  readonly feeds: SessionInputs;
  readonly outputs: readonly string[];
  readonly shape: GraphShape;
}

async function runOnce(
  runtime: Runtime,
  session: ort.InferenceSession,
  { inputs, feeds, outputs, shape }: Run,
): Promise<Record<string, OutputTensor>> {
  const tensors = Object.fromEntries(
    inputs.map(({ name, type }) => [name, toTensor(runtime, type, feeds[name])]),
  );
  let found: Readonly<Record<string, ort.Tensor | undefined>>;
  try {
    found = await session.run(tensors, [...outputs]);
  } catch (error) {
    throw isOutOfMemory(error) ? outOfMemory(error) : runFailed(error);
  }
  return Object.fromEntries(outputs.map((name) => [name, fromTensor(name, found[name], shape)]));
}

function toTensor(runtime: Runtime, type: 'int64' | 'int32', tensor: InputTensor | undefined): ort.Tensor {
  const { data, dims } = tensor ?? { data: new BigInt64Array(), dims: [0] };
  return type === 'int64'
    ? new runtime.Tensor('int64', data, dims)
    : new runtime.Tensor('int32', Int32Array.from(data, Number), dims);
}

function fromTensor(name: string, output: ort.Tensor | undefined, shape: GraphShape): OutputTensor {
  const data = output?.data;
  if (output && data instanceof Float32Array) return { data, dims: output.dims };
  throw shapeMismatch(`model.onnx gives ${output?.type ?? 'nothing'} as "${name}".`, shape);
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

function shapeMismatch(message: string, { nextStep }: GraphShape): BioBertError {
  return new BioBertError(errorCodes.MODEL_SHAPE_MISMATCH, message, nextStep);
}
