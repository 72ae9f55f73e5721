import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../../src/core/tokens/shape';

// models/training/tests/test_shapes.py tests training with the same rows.
describe('shapeOf', () => {
  it.each([
    ['53', 0],
    ['e2f', 0],
    ['C', 1],
    ['P53', 1],
    ['Α', 1],
    ['É', 1],
    ['A中', 1],
    ['TNFR1', 2],
    ['2AB', 2],
    ['DNA', 2],
    ['ÉA', 2],
    ['p53A', 3],
    ['BrdU', 3],
    ['kappaB', 3],
    ['cat', 0],
    ['p53', 0],
    ['123', 0],
    ['-', 0],
    ['α', 0],
    ['中', 0],
    ['한', 0],
    ['ﬁ', 0],
    ['Cat', 1],
    ['A', 1],
    ['A1', 1],
    ['Δ', 1],
    ['Éa', 1],
    ['𝐀b', 1],
    ['CAT', 2],
    ['BRCA1', 2],
    ['1AB', 2],
    ['ΑΒ', 2],
    ['𝐀𝐁', 2],
    ['mRNA', 3],
    ['5A', 3],
    ['aB', 3],
    ['McD', 3],
    ['ΔFosB', 3],
  ])('gives %j shape %i', (word, shape) => {
    expect(shapeOf(word, 0, word.length)).toBe(shape);
    expect(shapeOf(`Xx ${word} Xx`, 3, 3 + word.length)).toBe(shape);
  });
});
