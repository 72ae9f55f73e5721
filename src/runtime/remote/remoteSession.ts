import { BioBertError, errorCodes } from '../../core/errors';
import { isArrayOf, isCount, isNumber, isOneOf, isShape, isString } from '../../protocol/guards';
import { withFiniteOutputs } from '../finiteOutputs';
import type { GraphShape, InputTensor, OutputTensor, Session, SessionInputs } from '../sessionTypes';
import { askServer, checkSending, notUnderstood, type ServerOptions } from './inferenceClient';

interface TensorInfo {
  readonly name: string;
  readonly datatype: string;
}

const isTensorInfo = isShape<TensorInfo>({ name: isString, datatype: isString });
const isModelInfo = isShape<{ inputs: readonly TensorInfo[]; outputs: readonly TensorInfo[] }>({
  inputs: isArrayOf(isTensorInfo),
  outputs: isArrayOf(isTensorInfo),
});

interface FoundTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: 'FP32' | 'FP64';
  readonly data: readonly number[];
}

const isAnswer = isShape<{ outputs: readonly FoundTensor[] }>({
  outputs: isArrayOf(
    isShape<FoundTensor>({
      name: isString,
      shape: isArrayOf(isCount),
      datatype: isOneOf(['FP32', 'FP64']),
      data: isArrayOf(isNumber),
    }),
  ),
});

/** A request to a server has a fixed cost, so its batches are larger than those of a local session. */
const tokensPerRequest = 4096;

/** Maximum size of the description of a model, far above any real one. */
const maxInfoBytes = 1 << 20;
/** Maximum number of bytes of one number in the JSON of an answer. */
const bytesPerNumber = 40;

/**
 * Opens a model on a server. Text leaves the machine as token ids, which anybody with the vocabulary can read.
 * @param folderName Name of the model folder, and of the model at the server unless the options name another.
 * @throws {BioBertError} SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_MODEL_MISSING, SERVER_NOT_ALLOWED, MODEL_SHAPE_MISMATCH.
 */
export async function openRemoteSession(
  server: ServerOptions,
  folderName: string,
  shape: GraphShape,
): Promise<Session> {
  const { host } = checkSending(server);
  const model = server.model ?? folderName;
  const path = `models/${encodeURIComponent(model)}`;
  const info = await askServer(server, { path, maxBytes: maxInfoBytes });
  if (!isModelInfo(info)) throw notUnderstood(host);
  checkShape(info, shape);
  const run = async (inputs: SessionInputs, outputs: readonly string[]) => {
    const body = {
      inputs: info.inputs.map(({ name, datatype }) => toServer(name, datatype, inputs[name])),
      outputs: outputs.map((name) => ({ name })),
    };
    // Some servers send every output, whichever are asked for.
    const numbers = info.outputs.reduce((sum, { name }) => sum + shape.numbersOf(name, inputs), 0);
    const maxBytes = maxInfoBytes + bytesPerNumber * numbers;
    return fromServer(await askServer(server, { path: `${path}/infer`, body, maxBytes }), outputs, host);
  };
  const session: Session = {
    runtime: 'open-inference',
    inputNames: info.inputs.map(({ name }) => name),
    outputNames: info.outputs.map(({ name }) => name),
    maxTokensPerBatch: tokensPerRequest,
    run,
    release: () => Promise.resolve(),
  };
  return withFiniteOutputs(session, { model, host });
}

function checkShape(
  { inputs, outputs }: { readonly inputs: readonly TensorInfo[]; readonly outputs: readonly TensorInfo[] },
  shape: GraphShape,
): void {
  const has = (list: readonly TensorInfo[]) => (name: string) => list.some((each) => each.name === name);
  const missing = [
    ...shape.requiredInputs.filter((name) => !has(inputs)(name)),
    ...shape.requiredOutputs.filter((name) => !has(outputs)(name)),
  ];
  const foreign = inputs.filter(
    ({ name, datatype }) => !shape.inputs.includes(name) || !/^INT(?:64|32)$/u.test(datatype),
  );
  if (missing.length === 0 && foreign.length === 0 && outputs.length > 0) return;
  const names = [...missing, ...foreign.map(({ name }) => name)].join('", "');
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `The model at the server does not fit: input or output "${names}".`,
    shape.nextStep,
  );
}

function toServer(name: string, datatype: string, tensor: InputTensor | undefined) {
  const { data, dims } = tensor ?? { data: new BigInt64Array(), dims: [0] };
  // Ids of word pieces, masks: far below 2^53.
  return { name, datatype, shape: dims, data: Array.from(data, Number) };
}

function fromServer(
  answer: unknown,
  names: readonly string[],
  host: string,
): Readonly<Record<string, OutputTensor>> {
  if (!isAnswer(answer)) throw notUnderstood(host);
  return Object.fromEntries(
    names.map((name) => {
      const found = answer.outputs.find((output) => output.name === name);
      const count = found?.shape.reduce((product, size) => product * size, 1);
      if (!found || count !== found.data.length) throw notUnderstood(host);
      return [name, { data: Float32Array.from(found.data), dims: found.shape }];
    }),
  );
}
