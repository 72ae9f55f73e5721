/** Finds the files that an ONNX graph keeps its weights in, without reading the weights that it holds itself. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Field numbers of onnx.proto. */
const fields = { graph: 7, initializer: 5, externalData: 13, key: 1, value: 2 } as const;

/**
 * @param model The bytes of `model.onnx`.
 * @returns names relative to its folder, each once.
 * @throws {Error} where the bytes are no protocol buffer.
 */
export function externalFiles(model: Uint8Array): string[] {
  const names = new Set<string>();
  for (const graph of messages(model, fields.graph)) {
    for (const tensor of messages(graph, fields.initializer)) {
      for (const entry of messages(tensor, fields.externalData)) {
        const [key] = messages(entry, fields.key);
        const [value] = messages(entry, fields.value);
        if (key && value && textOf(key) === 'location') names.add(textOf(value));
      }
    }
  }
  return [...names];
}

function* messages(bytes: Uint8Array, wanted: number): Generator<Uint8Array> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field !== wanted || type !== WireType.LengthDelimited) {
      reader.skip(type, field);
      continue;
    }
    const length = reader.uint32();
    if (length > reader.len - reader.pos) throw new Error('cut off');
    yield bytes.subarray(reader.pos, reader.pos + length);
    reader.pos += length;
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
