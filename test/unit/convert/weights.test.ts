import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../../src/convert/parameters';
import { int8MatrixWeight, int8TableWeight, matrixWeight, transpose } from '../../../src/convert/weights';

const parameter = (layout: Parameter['layout']): Parameter => ({
  layout,
  tensor: { name: 'weight', shape: [3, 2], elementType: 'F32', file: '', offset: 0, bytes: 24 },
});
const floats = (bytes: Uint8Array | undefined) => [
  ...new Float32Array((bytes ?? new Uint8Array()).slice().buffer),
];
const signed = (bytes: Uint8Array | undefined) => [
  ...new Int8Array((bytes ?? new Uint8Array()).slice().buffer),
];

describe('the matrix of a layer', () => {
  it('is transposed if PyTorch stored it', () => {
    const matrix = Float32Array.of(1, 2, 3, 4, 5, 6);
    const size = { in: 2, out: 3 };
    expect(floats(matrixWeight('w', parameter('out-in'), size).build([matrix])[0])).toEqual([
      1, 3, 5, 2, 4, 6,
    ]);
    expect(floats(matrixWeight('w', parameter('in-out'), size).build([matrix])[0])).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('is unchanged after transposing it twice, for any size', () => {
    const sides = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }));
    fc.assert(
      fc.property(sides, ([rows, columns]) => {
        const matrix = Float32Array.from({ length: rows * columns }, (_, i) => i);
        expect(transpose(transpose(matrix, rows, columns), columns, rows)).toEqual(matrix);
      }),
      { numRuns: 50 },
    );
  });

  it('differs by at most half a step of its column in 8 bits, and is never out of range', () => {
    const matrix = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(matrix, (values) => {
        const source = Float32Array.from(values);
        const recipe = int8MatrixWeight('w', [parameter('in-out')], { in: 2, out: 3 }, 63);
        const [numbers, scales] = recipe.build([source]);
        const steps = floats(scales);
        expect(signed(numbers)).toHaveLength(values.length);
        signed(numbers).forEach((number, place) => {
          const step = steps[place % 3] ?? 0;
          expect(Math.abs(number)).toBeLessThanOrEqual(63);
          expect(Math.abs(number * step - (source[place] ?? 0))).toBeLessThanOrEqual(0.5001 * step + 1e-36);
        });
      }),
    );
  });

  it('is stored in 8 bits beside the other matrices of its product', () => {
    const recipe = int8MatrixWeight('w', [parameter('in-out'), parameter('in-out')], { in: 1, out: 2 }, 63);
    const [numbers, scales] = recipe.build([Float32Array.of(63, 126), Float32Array.of(-63, 0)]);
    expect(signed(numbers)).toEqual([63, 63, -63, 0]);
    expect(floats(scales)).toEqual([1, 2, 1, 1]);
  });
});

describe('a table in 8 bits', () => {
  it('has a scale for each row', () => {
    const [numbers, scales] = int8TableWeight('t', parameter('out-in'), [2, 2]).build([
      Float32Array.of(127, -1, 0, 0),
    ]);
    expect(signed(numbers)).toEqual([127, -1, 0, 0]);
    expect(floats(scales)).toEqual([1, 1]);
  });
});
