/** Writes small ONNX models without Python: the protocol buffers of onnx.proto3 as far as tests and benchmarks need them. */

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** A string dimension is symbolic. */
export interface OnnxValue {
  readonly name: string;
  readonly type: 'float' | 'int64';
  readonly dims: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

const elementTypes = { float: 1, int64: 7 } as const;
const irVersion = 8;
const opset = 17;

export function writeOnnx(graph: OnnxGraph): Buffer {
  return message(
    varintField(1, irVersion),
    textField(2, 'biobert tests'),
    bytesField(7, graphProto(graph)),
    bytesField(8, message(textField(1, ''), varintField(2, opset))),
  );
}

function graphProto({ nodes, initializers, inputs, outputs }: OnnxGraph): Buffer {
  return message(
    ...nodes.map((node) => bytesField(1, nodeProto(node))),
    textField(2, 'graph'),
    ...initializers.map((tensor) => bytesField(5, tensorProto(tensor))),
    ...inputs.map((value) => bytesField(11, valueProto(value))),
    ...outputs.map((value) => bytesField(12, valueProto(value))),
  );
}

function nodeProto({ type, inputs, outputs, attributes = {} }: OnnxNode): Buffer {
  return message(
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(3, outputs[0] ?? type),
    textField(4, type),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attributeProto(name, value))),
  );
}

function attributeProto(name: string, value: number | readonly number[]): Buffer {
  const [intType, intsType] = [2, 7];
  return typeof value === 'number'
    ? message(textField(1, name), varintField(3, value), varintField(20, intType))
    : message(textField(1, name), ...value.map((each) => varintField(8, each)), varintField(20, intsType));
}

function tensorProto({ name, dims, data }: OnnxTensor): Buffer {
  return message(
    ...dims.map((dim) => varintField(1, dim)),
    varintField(2, elementTypes[data instanceof Float32Array ? 'float' : 'int64']),
    textField(8, name),
    bytesField(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  );
}

function valueProto({ name, type, dims }: OnnxValue): Buffer {
  const shape = message(
    ...dims.map((dim) =>
      bytesField(1, typeof dim === 'number' ? message(varintField(1, dim)) : message(textField(2, dim))),
    ),
  );
  const tensor = message(varintField(1, elementTypes[type]), bytesField(2, shape));
  return message(textField(1, name), bytesField(2, message(bytesField(1, tensor))));
}

function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function varintField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

function textField(field: number, text: string): Buffer {
  return bytesField(field, Buffer.from(text, 'utf8'));
}

function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

/** Little-endian groups of seven bits. Negative numbers are not needed here. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    const group = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? group | 128 : group);
  } while (rest > 0);
  return Buffer.from(bytes);
}
