/**
 * Reads the header of a `.safetensors` file. The file consists of 8 bytes with the length of the header, JSON with the
 * location of each tensor, and the numbers. https://github.com/huggingface/safetensors#format
 */
import { damaged } from './errors';
import { elementBytes, elementCount, type ElementType, type StoredTensor } from './storedTensor';

/** Number of bytes before the header. */
export const lengthBytes = 8;

/** Maximum size of the header according to the format. */
const maxHeaderBytes = 100_000_000;

/**
 * Reads the length of the header.
 *
 * @param start The first 8 bytes of the file.
 * @returns the length in bytes.
 * @throws {BioBertError} CHECKPOINT_DAMAGED if the file is shorter than its header.
 */
export function readHeaderLength(start: Uint8Array, file: string, fileBytes: number): number {
  if (start.byteLength < lengthBytes) throw damaged(file, 'is cut off');
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length > maxHeaderBytes) throw damaged(file, 'has a header that is larger than the format allows');
  if (length + lengthBytes > fileBytes) throw damaged(file, 'is cut off in its header');
  return length;
}

/**
 * Reads the header.
 *
 * @param header The bytes of the JSON.
 * @throws {BioBertError} CHECKPOINT_DAMAGED if a tensor is not inside the file or its size does not match its shape.
 */
export function readHeader(header: Uint8Array, file: string, fileBytes: number): StoredTensor[] {
  const json = parseHeader(header, file);
  const dataStart = lengthBytes + header.byteLength;
  const tensors: StoredTensor[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name !== '__metadata__') tensors.push(readEntry(name, value, { file, dataStart, fileBytes }));
  }
  return tensors;
}

function parseHeader(header: Uint8Array, file: string): object {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch (error) {
    throw damaged(file, 'has a header that is not JSON', error);
  }
  throw damaged(file, 'has a header that is no JSON object');
}

interface FileLayout {
  readonly file: string;
  readonly dataStart: number;
  readonly fileBytes: number;
}

function readEntry(name: string, value: unknown, { file, dataStart, fileBytes }: FileLayout): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (!isElementType(dtype)) throw damaged(file, `names an unknown number type for the tensor ${name}`);
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw damaged(file, `does not say where the tensor ${name} lies`);
  }
  const [begin = 0, end = 0] = offsets;
  const bytes = end - begin;
  if (bytes < 0 || dataStart + end > fileBytes) throw damaged(file, `is cut off before the tensor ${name}`);
  if (elementCount(shape) * elementBytes[dtype] !== bytes) {
    throw damaged(file, `holds ${bytes} bytes for the tensor ${name} of shape [${shape.join(', ')}]`);
  }
  return { name, elementType: dtype, shape, file, offset: dataStart + begin, bytes };
}

function isElementType(value: unknown): value is ElementType {
  return typeof value === 'string' && Object.hasOwn(elementBytes, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);
}
