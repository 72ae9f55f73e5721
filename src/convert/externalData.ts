/** Finds the external files with the weights of an ONNX model, without reading the weights inside the model. */
import { type ByteSource, fieldsOf, type ByteRange, textOf, wholeRange } from './messageFields';

/** An external file that a model needs. */
export interface ExternalFile {
  /** The location as the model states it. It may be any path, so the caller has to check it. */
  readonly location: string;
  /** Minimum length of the file in bytes; 0 if the model does not state it. */
  readonly bytes: number;
}

/**
 * For each message of onnx.proto that may contain tensors, the field numbers of the messages inside it. The list is
 * complete, because the runtime also follows a location in a constant of a branch of a function.
 */
const fieldsByMessage = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
} as const satisfies Readonly<Record<string, Readonly<Record<number, string>>>>;

type Message = keyof typeof fieldsByMessage;

const externalData = 13;
const entry = { key: 1, value: 2 } as const;

/** Maximum nesting of graphs. Converters write no nested graphs, and the runtime itself stops much earlier. */
const maxDepth = 100;

/**
 * Lists the external files of a model.
 *
 * @param model The bytes of `model.onnx`.
 * @returns each file once.
 * @throws {Error} if the bytes are not a protocol buffer or an offset is not a number.
 */
export function externalFiles(model: ByteSource): ExternalFile[] {
  const files = new Map<string, number>();
  for (const tensor of tensorsOf(wholeRange(model), 'model', 0)) {
    const { location, bytes } = externalFileOf(tensor) ?? {};
    if (location === undefined || bytes === undefined) continue;
    files.set(location, Math.max(files.get(location) ?? 0, bytes));
  }
  return [...files].map(([location, bytes]) => ({ location, bytes }));
}

function* tensorsOf(part: ByteRange, message: Message, depth: number): Generator<ByteRange> {
  if (depth > maxDepth) throw new Error('graphs within graphs without end');
  const kinds: Readonly<Record<number, Message | 'tensor'>> = fieldsByMessage[message];
  for (const [field, value] of fieldsOf(part)) {
    const kind = kinds[field];
    if (kind === 'tensor') yield value;
    else if (kind) yield* tensorsOf(value, kind, depth + 1);
  }
}

function externalFileOf(tensor: ByteRange): ExternalFile | undefined {
  const entries = new Map<string, string>();
  for (const [field, value] of fieldsOf(tensor)) {
    if (field === externalData) entries.set(...keyAndValue(value));
  }
  const location = entries.get('location');
  if (location === undefined) return undefined;
  return { location, bytes: count(entries.get('offset')) + count(entries.get('length')) };
}

/**
 * The key and value of an entry. If a field occurs twice, the last one counts, as in every reader of protocol buffers.
 */
function keyAndValue(part: ByteRange): [string, string] {
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
