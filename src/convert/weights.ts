/** How the weights of a graph come from the parameters of a checkpoint, one at a time. */
import type { WeightInfo } from './onnxGraph';
import type { Parameter } from './parameters';

/** Parameters that are read together, and the weights that are made of them. */
export interface WeightRecipe {
  readonly sources: readonly Parameter[];
  readonly weights: readonly WeightInfo[];
  /**
   * @param floats The numbers of each source, row-major as stored.
   * @returns the bytes of each weight.
   */
  build(floats: readonly Float32Array[]): readonly Uint8Array[];
}

/** A parameter as it is. */
export function plainWeight(name: string, source: Parameter, shape: readonly number[]): WeightRecipe {
  return {
    sources: [source],
    weights: [{ name, element: 'float', shape }],
    build: ([floats = new Float32Array()]) => [bytesOf(floats)],
  };
}

/** The matrix of a layer as `[in, out]`, the right side of a product. */
export function matrixWeight(name: string, source: Parameter, size: MatrixSize): WeightRecipe {
  return {
    sources: [source],
    weights: [{ name, element: 'float', shape: [size.in, size.out] }],
    build: ([floats = new Float32Array()]) => [bytesOf(inOut(floats, source, size))],
  };
}

/** Of a layer: numbers that go in and that come out. */
export interface MatrixSize {
  readonly in: number;
  readonly out: number;
}

/** Some parameters of one shape behind one another, as the biases of query, key and value. */
export function joinedWeight(
  name: string,
  sources: readonly Parameter[],
  shape: readonly number[],
): WeightRecipe {
  return {
    sources,
    weights: [{ name, element: 'float', shape }],
    build: (floats) => {
      const joined = new Float32Array(floats.reduce((sum, { length }) => sum + length, 0));
      let to = 0;
      for (const part of floats) {
        joined.set(part, to);
        to += part.length;
      }
      return [bytesOf(joined)];
    },
  };
}

/**
 * Matrices side by side as 8-bit numbers `[in, out · matrices]`, and the scale of each column.
 * @param most The largest whole number: 63 leaves a bit in reserve, so that the sum of two products stays within 16
 * bits on processors without VNNI (onnxruntime#5849, #14642).
 */
export function byteMatrixWeight(
  name: string,
  sources: readonly Parameter[],
  size: MatrixSize,
  most: 63 | 127,
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
        const matrix = inOut(floats[place] ?? new Float32Array(), source, size);
        quantiseColumns(matrix, size, { numbers, scales, most, columns, first: place * size.out });
      });
      return [bytesOf(numbers), bytesOf(scales)];
    },
  };
}

/** A table as 8-bit numbers, and the scale of each row. */
export function byteTableWeight(
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

function inOut(floats: Float32Array, { layout }: Parameter, size: MatrixSize): Float32Array {
  return layout === 'in-out' ? floats : transpose(floats, size.out, size.in);
}

/** Side of the squares in which a matrix is turned: two of them fit the first cache. */
const square = 32;

/** `[rows, columns]` → `[columns, rows]`. */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let top = 0; top < rows; top += square) {
    for (let left = 0; left < columns; left += square) {
      const bottom = Math.min(rows, top + square);
      const right = Math.min(columns, left + square);
      for (let row = top; row < bottom; row += 1) {
        for (let column = left; column < right; column += 1) {
          turned[column * rows + row] = matrix[row * columns + column] ?? 0;
        }
      }
    }
  }
  return turned;
}

interface Quantised {
  readonly numbers: Int8Array;
  readonly scales: Float32Array;
  readonly most: number;
  /** Of `numbers`. */
  readonly columns: number;
  /** Where the columns of this matrix begin in `numbers`. */
  readonly first: number;
}

function quantiseColumns(matrix: Float32Array, size: MatrixSize, target: Quantised): void {
  const { numbers, scales, most, columns, first } = target;
  const largest = new Float32Array(size.out);
  for (let row = 0, at = 0; row < size.in; row += 1) {
    for (let column = 0; column < size.out; column += 1, at += 1) {
      largest[column] = Math.max(largest[column] ?? 0, Math.abs(matrix[at] ?? 0));
    }
  }
  const inverse = largest.map((value, column) => {
    const scale = scaleFor(value, most);
    scales[first + column] = scale;
    return 1 / scale;
  });
  for (let row = 0, at = 0; row < size.in; row += 1) {
    for (let column = 0; column < size.out; column += 1, at += 1) {
      const value = Math.round((matrix[at] ?? 0) * (inverse[column] ?? 0));
      numbers[row * columns + first + column] = Math.max(-most, Math.min(most, value));
    }
  }
}

/** 1 for a column of zeros: any scale serves. */
function scaleFor(largest: number, most: number): number {
  return largest > 0 && Number.isFinite(largest) ? largest / most : 1;
}

function bytesOf(values: Float32Array | Int8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
