import { describe, expect, it } from 'vitest';
import { externalFiles } from '../../../../src/core/checkpoints/externalData';
import { GraphBuilder, writeGraph } from '../../../../src/core/checkpoints/onnxGraph';

const weight = { name: 'w', element: 'float', shape: [2], offset: 0, bytes: 8 } as const;
const graph = (names: readonly string[]) => {
  const builder = new GraphBuilder();
  builder.scalar(1);
  const weights = names.map((name) => ({ ...weight, name }));
  return writeGraph({ builder, weights, inputs: [], outputs: [], dataFile: 'model.onnx.data', metadata: {} });
};

describe('the files of a graph', () => {
  it('are each named once', () => {
    expect(externalFiles(graph(['a', 'b']))).toEqual(['model.onnx.data']);
    expect(externalFiles(graph([]))).toEqual([]);
  });

  it('of a graph that is cut off are not guessed', () => {
    const bytes = graph(['a']);
    expect(() => externalFiles(bytes.subarray(0, bytes.length - 5))).toThrow();
  });
});
