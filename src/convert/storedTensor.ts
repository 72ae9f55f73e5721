/** Number types, by their names in safetensors. */
export type ElementType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

export const elementBytes: Readonly<Record<ElementType, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** A tensor of a checkpoint, with the location of its numbers, which are little-endian. */
export interface StoredTensor {
  readonly name: string;
  readonly elementType: ElementType;
  readonly shape: readonly number[];
  /** Name of the file, relative to the checkpoint's folder. */
  readonly file: string;
  /** Offset of the first number, in bytes from the start of the file. */
  readonly offset: number;
  /** Number of bytes from the first number to the end of the last. */
  readonly bytes: number;
  /** For each axis, the number of elements from one index to the next. Default: row-major without gaps. */
  readonly strides?: readonly number[] | undefined;
  /** Checksum of the bytes, if the format has one. `zip` is the CRC-32 of ZIP archives, `castagnoli` is CRC-32C. */
  readonly checksum?: { readonly kind: 'zip' | 'castagnoli'; readonly value: number } | undefined;
}

/**
 * Number of elements of a shape; 1 for a scalar. NaN if a dimension is invalid or the product exceeds the safe
 * integers.
 */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) {
    count *= Number.isSafeInteger(size) && size >= 0 ? size : NaN;
  }
  return Number.isSafeInteger(count) ? count : NaN;
}

/** Number of elements from the first to the last of a view, both included. NaN if a dimension is invalid. */
export function extentOf(shape: readonly number[], strides: readonly number[]): number {
  const count = elementCount(shape);
  if (count === 0 || Number.isNaN(count)) return count;
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? NaN), 0);
  return Number.isSafeInteger(last) ? last + 1 : NaN;
}

/** The strides of a tensor in row-major order. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}

/**
 * Copies a view of at most two axes in row-major order. Checkpoints that were converted from TensorFlow store their
 * matrices as transposed views.
 */
export function gather(
  data: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array {
  const [rows, columns] = shape.length < 2 ? [1, shape[0] ?? 1] : [shape[0] ?? 0, shape[1] ?? 0];
  const [rowStride, columnStride] =
    shape.length < 2 ? [0, strides[0] ?? 1] : [strides[0] ?? 0, strides[1] ?? 0];
  const result = new Float32Array(rows * columns);
  for (let row = 0, to = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, to += 1) {
      result[to] = data[row * rowStride + column * columnStride] ?? 0;
    }
  }
  return result;
}

/**
 * Converts numbers to 32-bit floats.
 * @param bytes Bytes of the whole tensor; their start need not be aligned. The result may share memory with them.
 */
export function toFloats(bytes: Uint8Array, type: ElementType): Float32Array {
  const data = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = data;
  const count = data.byteLength / elementBytes[type];
  switch (type) {
    case 'F32':
      return new Float32Array(buffer, byteOffset, count);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer, byteOffset, count));
    case 'F16':
      return mapFloats(new Uint16Array(buffer, byteOffset, count), halfToFloat);
    case 'BF16':
      return brainToFloats(new Uint16Array(buffer, byteOffset, count));
    case 'I64':
      return mapFloats(new BigInt64Array(buffer, byteOffset, count), Number);
    case 'I32':
      return Float32Array.from(new Int32Array(buffer, byteOffset, count));
    case 'I16':
      return Float32Array.from(new Int16Array(buffer, byteOffset, count));
    case 'I8':
      return Float32Array.from(new Int8Array(buffer, byteOffset, count));
    case 'U8':
    case 'BOOL':
      return Float32Array.from(data);
  }
}

function mapFloats<T>(values: ArrayLike<T>, toFloat: (value: T) => number): Float32Array {
  const floats = new Float32Array(values.length);
  for (let i = 0; i < floats.length; i += 1) floats[i] = toFloat(values[i] as T);
  return floats;
}

/** Converts IEEE 754 binary16: a sign bit, 5 bits of exponent with the bias 15, and 10 bits of fraction. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Converts bfloat16, which is the upper half of binary32. */
function brainToFloats(values: Uint16Array): Float32Array {
  const bits = new Uint32Array(values.length);
  for (let i = 0; i < bits.length; i += 1) bits[i] = (values[i] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}
