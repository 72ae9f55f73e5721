/** Recipes that compute the weights of a graph from the parameters of a checkpoint, one at a time. */
import type { WeightInfo } from './onnxGraph';
import type { Parameter } from './parameters';

/** Parameters that are read together, and the weights that are computed from them. */
export interface WeightRecipe {
  readonly sources: readonly Parameter[];
  readonly weights: readonly WeightInfo[];
  /**
   * @param floats The numbers of each source, in the row-major order in which they are stored.
   * @returns the bytes of each weight.
   */
  build(floats: readonly Float32Array[]): readonly Uint8Array[];
}

/** Copies a parameter unchanged. */
export function rawWeight(name: string, source: Parameter, shape: readonly number[]): WeightRecipe {
  return {
    sources: [source],
    weights: [{ name, element: 'float', shape }],
    build: ([floats = new Float32Array()]) => [bytesOf(floats)],
  };
}

/** The matrix of a layer as `[in, out]`, which is the right operand of a product. */
export function matrixWeight(name: string, source: Parameter, size: MatrixSize): WeightRecipe {
  return {
    sources: [source],
    weights: [{ name, element: 'float', shape: [size.in, size.out] }],
    build: ([floats = new Float32Array()]) => [bytesOf(toInOut(floats, source, size))],
  };
}

/** The size of the matrix of a layer: its number of inputs and outputs. */
export interface MatrixSize {
  readonly in: number;
  readonly out: number;
}

/** Concatenates parameters of the same shape, for example the biases of query, key and value. */
export function concatenatedWeight(
  name: string,
  sources: readonly Parameter[],
  shape: readonly number[],
): WeightRecipe {
  return {
    sources,
    weights: [{ name, element: 'float', shape }],
    build: (floats) => {
      const concatenated = new Float32Array(floats.reduce((sum, { length }) => sum + length, 0));
      let to = 0;
      for (const part of floats) {
        concatenated.set(part, to);
        to += part.length;
      }
      return [bytesOf(concatenated)];
    },
  };
}

/**
 * Quantises matrices side by side to 8-bit numbers `[in, out · matrices]`, with a scale for each column.
 * @param maxMagnitude The largest absolute value: 63 leaves one bit unused, so that the sum of two products fits into 16 bits
 *   on processors without VNNI (onnxruntime#5849, #14642).
 */
export function int8MatrixWeight(
  name: string,
  sources: readonly Parameter[],
  size: MatrixSize,
  maxMagnitude: 63 | 127,
): WeightRecipe {
  const columns = size.out * sources.length;
  return {
    sources,
    weights: [
      { name, element: 'int8', shape: [size.in, columns] },
      { name: `${name}_scale`, element: 'float', shape: [columns] },
    ],
    build: (floats) => {
      const numbers = new Int8Array(size.in * columns);
      const scales = new Float32Array(columns);
      sources.forEach((source, place) => {
        const matrix = toInOut(floats[place] ?? new Float32Array(), source, size);
        quantiseColumns(matrix, size, { numbers, scales, maxMagnitude, columns, first: place * size.out });
      });
      return [bytesOf(numbers), bytesOf(scales)];
    },
  };
}

/** Quantises a table to 8-bit numbers, with a scale for each row. */
export function int8TableWeight(
  name: string,
  source: Parameter,
  [rows, width]: readonly [number, number],
): WeightRecipe {
  return {
    sources: [source],
    weights: [
      { name, element: 'int8', shape: [rows, width] },
      { name: `${name}_scale`, element: 'float', shape: [rows, 1] },
    ],
    build: ([floats = new Float32Array()]) => {
      const numbers = new Int8Array(rows * width);
      const scales = new Float32Array(rows);
      for (let row = 0; row < rows; row += 1) {
        const values = floats.subarray(row * width, (row + 1) * width);
        const scale = scaleFor(
          values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
          127,
        );
        scales[row] = scale;
        values.forEach((value, column) => (numbers[row * width + column] = Math.round(value / scale)));
      }
      return [bytesOf(numbers), bytesOf(scales)];
    },
  };
}

function toInOut(floats: Float32Array, { layout }: Parameter, size: MatrixSize): Float32Array {
  return layout === 'in-out' ? floats : transpose(floats, size.out, size.in);
}

/** Side length of the blocks in which a matrix is transposed: two blocks fit into the first-level cache. */
const blockSize = 32;

/** Transposes a matrix from `[rows, columns]` to `[columns, rows]`. */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const transposed = new Float32Array(matrix.length);
  for (let top = 0; top < rows; top += blockSize) {
    for (let left = 0; left < columns; left += blockSize) {
      const bottom = Math.min(rows, top + blockSize);
      const right = Math.min(columns, left + blockSize);
      for (let row = top; row < bottom; row += 1) {
        for (let column = left; column < right; column += 1) {
          transposed[column * rows + row] = matrix[row * columns + column] ?? 0;
        }
      }
    }
  }
  return transposed;
}

interface QuantisedTarget {
  readonly numbers: Int8Array;
  readonly scales: Float32Array;
  readonly maxMagnitude: number;
  /** Number of columns of `numbers`. */
  readonly columns: number;
  /** Index in `numbers` of the first column of this matrix. */
  readonly first: number;
}

function quantiseColumns(matrix: Float32Array, size: MatrixSize, target: QuantisedTarget): void {
  const { numbers, scales, maxMagnitude, columns, first } = target;
  const largest = new Float32Array(size.out);
  for (let row = 0, at = 0; row < size.in; row += 1) {
    for (let column = 0; column < size.out; column += 1, at += 1) {
      largest[column] = Math.max(largest[column] ?? 0, Math.abs(matrix[at] ?? 0));
    }
  }
  const inverse = largest.map((value, column) => {
    const scale = scaleFor(value, maxMagnitude);
    scales[first + column] = scale;
    return 1 / scale;
  });
  for (let row = 0, at = 0; row < size.in; row += 1) {
    for (let column = 0; column < size.out; column += 1, at += 1) {
      const value = Math.round((matrix[at] ?? 0) * (inverse[column] ?? 0));
      numbers[row * columns + first + column] = Math.max(-maxMagnitude, Math.min(maxMagnitude, value));
    }
  }
}

/** The scale for values up to `largest`; 1 for a column of zeros, for which any scale works. */
function scaleFor(largest: number, maxMagnitude: number): number {
  return largest > 0 && Number.isFinite(largest) ? largest / maxMagnitude : 1;
}

function bytesOf(values: Float32Array | Int8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
