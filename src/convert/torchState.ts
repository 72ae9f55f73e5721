/** Converts an unpickled PyTorch state dict to tensors and the storages that contain them. */
import { ownValue } from '../core/ownValue';
import { damaged } from './errors';
import { GlobalName, PersistentId, readPickle, ReduceCall } from './pickle';
import { elementBytes, type ElementType, extentOf } from './storedTensor';

/** A tensor as a view of a storage; sizes are in elements. */
export interface TorchTensor {
  readonly name: string;
  readonly elementType: ElementType;
  readonly storage: string;
  /** Size of the storage in elements, according to the pickle. */
  readonly storageElements: number;
  readonly offset: number;
  readonly shape: readonly number[];
  /** For each axis, the number of elements from one index to the next. */
  readonly strides: readonly number[];
}

const storageTypes: Readonly<Record<string, ElementType>> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

const orderedDict = 'collections.OrderedDict';
const rebuildTensor = 'torch._utils._rebuild_tensor_v2';
const rebuildParameter = 'torch._utils._rebuild_parameter';

const allowed: ReadonlySet<string> = new Set([
  ...Object.keys(storageTypes),
  orderedDict,
  rebuildTensor,
  rebuildParameter,
]);

/** Keys under which training scripts store the state dict next to other data. */
const wrappers = ['state_dict', 'model_state_dict', 'model'] as const;

/**
 * Reads a state dict.
 *
 * @param bytes Contain the pickle of a state dict from `start` on.
 * @returns its tensors, and the offset at which the pickle ends.
 * @throws {BioBertError} CHECKPOINT_UNSAFE, CHECKPOINT_DAMAGED, CHECKPOINT_UNSUPPORTED.
 */
export function readStateDict(
  bytes: Uint8Array,
  file: string,
  start = 0,
): { tensors: TorchTensor[]; end: number } {
  const { value, end } = readPickle(bytes, { file, allowed }, start);
  const tensors: TorchTensor[] = [];
  for (const [name, item] of stateItems(value, file)) {
    if (typeof name !== 'string') throw damaged(file, 'is no state dict');
    const tensor = readTensor(name, item, file);
    if (tensor) tensors.push(tensor);
  }
  if (tensors.length === 0) throw damaged(file, 'holds no tensors');
  return { tensors, end };
}

/** Reads a pickle of numbers, strings and lists. The format before PyTorch 1.6 stores its metadata in such pickles. */
export function readPlainPickle(
  bytes: Uint8Array,
  file: string,
  start: number,
): { value: unknown; end: number } {
  return readPickle(bytes, { file, allowed: new Set() }, start);
}

function itemsOf(value: unknown): Map<unknown, unknown> | undefined {
  if (value instanceof Map) return value;
  return value instanceof ReduceCall && value.callable === orderedDict ? value.items : undefined;
}

function stateItems(value: unknown, file: string): Map<unknown, unknown> {
  const items = itemsOf(value);
  if (!items) throw damaged(file, 'is no state dict');
  for (const name of wrappers) {
    const inner = itemsOf(items.get(name));
    if (inner) return inner;
  }
  return items;
}

/** @returns undefined for values that are not tensors: a step counter, a version. */
function readTensor(name: string, item: unknown, file: string): TorchTensor | undefined {
  if (!(item instanceof ReduceCall) || item.callable === orderedDict) return undefined;
  const inner = item.callable === rebuildParameter ? item.args[0] : item;
  const isTensor = inner instanceof ReduceCall && inner.callable === rebuildTensor;
  const [persistent, offset, shape, strides] = isTensor ? inner.args : [];
  if (!isCounts(shape) || !isCounts(strides) || !isCount(offset) || shape.length !== strides.length) {
    throw damaged(file, `describes the tensor ${name} in a way that is not known`);
  }
  const { elementType, storage, storageElements } = readStorage(persistent, name, file);
  if (!(offset + extentOf(shape, strides) <= storageElements)) {
    throw damaged(file, `has a storage that is too short for the tensor ${name}`);
  }
  return { name, elementType, storage, storageElements, offset, shape, strides };
}

/**
 * Reads the description of a storage: `('storage', torch.FloatStorage, '12', 'cpu', 768)`. Before PyTorch 1.6 it has a
 * sixth value for a view.
 */
function readStorage(
  persistent: unknown,
  name: string,
  file: string,
): Pick<TorchTensor, 'elementType' | 'storage' | 'storageElements'> {
  const id = persistent instanceof PersistentId && Array.isArray(persistent.id) ? persistent.id : [];
  const [kind, type, key, , elements, view] = id as unknown[];
  const elementType = type instanceof GlobalName ? ownValue(storageTypes, type.name) : undefined;
  if (kind !== 'storage' || !elementType || typeof key !== 'string' || !isCount(elements) || view) {
    throw damaged(file, `does not say where the tensor ${name} is stored`);
  }
  if (elements * elementBytes[elementType] > Number.MAX_SAFE_INTEGER) throw damaged(file, 'is too large');
  return { elementType, storage: key, storageElements: elements };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}
