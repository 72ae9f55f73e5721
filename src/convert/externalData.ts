/** Finds the files that an ONNX model keeps its weights in, without reading the weights that it holds itself. */
import { type ByteSource, fieldsOf, type Part, textOf, wholeOf } from './messageFields';

/** What a model needs of one of its files. */
export interface ExternalFile {
  /** As the model says it: it may name any place. */
  readonly location: string;
  /** How long it is at least; 0 where the model does not say. */
  readonly bytes: number;
}

/**
 * The messages of onnx.proto in which a tensor may lie, by the numbers of their fields. All of them: the runtime
 * follows a location in the constant of a branch of a function as well.
 */
const inner = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
} as const satisfies Readonly<Record<string, Readonly<Record<number, string>>>>;

type Message = keyof typeof inner;

const externalData = 13;
const entry = { key: 1, value: 2 } as const;

/** Graphs within graphs. The converters write none, and the runtime itself gives up long before. */
const maxDepth = 100;

/**
 * @param model The bytes of `model.onnx`.
 * @returns each file once.
 * @throws {Error} where the bytes are no protocol buffer, or an offset is no number.
 */
export function externalFiles(model: ByteSource): ExternalFile[] {
  const files = new Map<string, number>();
  for (const tensor of tensorsOf(wholeOf(model), 'model', 0)) {
    const { location, bytes } = placeOf(tensor) ?? {};
    if (location === undefined || bytes === undefined) continue;
    files.set(location, Math.max(files.get(location) ?? 0, bytes));
  }
  return [...files].map(([location, bytes]) => ({ location, bytes }));
}

function* tensorsOf(part: Part, message: Message, depth: number): Generator<Part> {
  if (depth > maxDepth) throw new Error('graphs within graphs without end');
  const kinds: Readonly<Record<number, Message | 'tensor'>> = inner[message];
  for (const [field, value] of fieldsOf(part)) {
    const kind = kinds[field];
    if (kind === 'tensor') yield value;
    else if (kind) yield* tensorsOf(value, kind, depth + 1);
  }
}

function placeOf(tensor: Part): ExternalFile | undefined {
  const entries = new Map<string, string>();
  for (const [field, value] of fieldsOf(tensor)) {
    if (field === externalData) entries.set(...keyAndValue(value));
  }
  const location = entries.get('location');
  if (location === undefined) return undefined;
  return { location, bytes: count(entries.get('offset')) + count(entries.get('length')) };
}

/** Of a field that comes twice the last counts, as in every reader of protocol buffers. */
function keyAndValue(part: Part): [string, string] {
  let [key, value] = ['', ''];
  for (const [field, bytes] of fieldsOf(part)) {
    if (field === entry.key) key = textOf(bytes);
    else if (field === entry.value) value = textOf(bytes);
  }
  return [key, value];
}

function count(text = '0'): number {
  const value = /^\d{1,16}$/u.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value)) throw new Error('an offset that is no number');
  return value;
}
