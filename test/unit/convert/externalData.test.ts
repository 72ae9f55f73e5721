import { describe, expect, it } from 'vitest';
import { externalFiles } from '../../../src/convert/externalData';
import { GraphBuilder, writeGraph } from '../../../src/convert/onnxGraph';

const weight = { name: 'w', element: 'float', shape: [2], bytes: 8 } as const;
const graph = (names: readonly string[]) => {
  const builder = new GraphBuilder();
  builder.scalar(1);
  const weights = names.map((name, index) => ({ ...weight, name, offset: 8 * index }));
  return writeGraph({ builder, weights, inputs: [], outputs: [], dataFile: 'model.onnx.data', metadata: {} });
};

describe('the files of a graph', () => {
  it('are each listed once, with their minimum length', () => {
    expect(externalFiles(graph(['a', 'b']))).toEqual([{ location: 'model.onnx.data', bytes: 16 }]);
    expect(externalFiles(graph([]))).toEqual([]);
  });

  it('are not guessed for a truncated graph', () => {
    const bytes = graph(['a']);
    expect(() => externalFiles(bytes.subarray(0, bytes.length - 5))).toThrow('cut off');
  });

  it('are not guessed for bytes that are not a protocol buffer', () => {
    expect(() => externalFiles(Uint8Array.of(0x3b, 1, 2))).toThrow('no protocol buffer');
  });

  it('are found in nested graphs up to a maximum depth', () => {
    let inner: number[] = [];
    for (let depth = 0; depth < 200 && inner.length < 2 ** 13; depth++) {
      // A node in an attribute of a graph.
      inner = field(1, field(5, field(6, inner)));
    }
    expect(() => externalFiles(Uint8Array.from(field(7, inner)))).toThrow('without end');
  });
});

function field(number: number, bytes: readonly number[]): number[] {
  return [number * 8 + 2, (bytes.length & 0x7f) | 0x80, bytes.length >> 7, ...bytes];
}
