/** Builds and writes ONNX graphs. https://onnx.ai/onnx/repo-docs/IR.html */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './proto/onnx_pb';

/** Element types by their numbers in onnx.TensorProto.DataType. */
const elementTypes = { float: 1, int8: 3, int64: 7 } as const;
export type GraphElement = keyof typeof elementTypes;

/** Opset 17 is the first with LayerNormalization. */
const opset = 17n;
const irVersion = 8n;

/** A large constant. Its numbers are stored in the data file, and the graph contains their location. */
export interface WeightInfo {
  readonly name: string;
  readonly element: GraphElement;
  readonly shape: readonly number[];
}

/** A weight with its location in the data file, in bytes. */
export interface WeightPlace extends WeightInfo {
  readonly offset: number;
  readonly bytes: number;
}

export interface GraphValue {
  readonly name: string;
  readonly element: GraphElement;
  /** Dimensions; a string is a symbolic dimension. */
  readonly shape: readonly (number | string)[];
}

export interface GraphNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;
}

/** Collects nodes and small constants, and creates unique names for them. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  private readonly small = new Map<string, TensorProto>();
  private count = 0;

  /**
   * Adds a node with one output.
   * @returns the name of the output: `output`, or a generated name.
   */
  node(
    type: string,
    inputs: readonly string[],
    attributes: NonNullable<GraphNode['attributes']> = {},
    output = `${type}_${this.count}`,
  ): string {
    this.nodes.push({ type, inputs, outputs: [output], attributes });
    this.count += 1;
    return output;
  }

  /**
   * Splits a tensor into equal parts.
   * @returns the names of the parts.
   */
  split(input: string, parts: number, axis: number): readonly string[] {
    const outputs = Array.from({ length: parts }, (_, part) => `Split_${this.count}_${part}`);
    this.nodes.push({ type: 'Split', inputs: [input], outputs, attributes: { axis } });
    this.count += 1;
    return outputs;
  }

  /**
   * Adds a scalar.
   * @returns its name; equal numbers share one name.
   */
  scalar(value: number): string {
    return this.constant(`scalar_${value}`, [], Float32Array.of(value), 'float');
  }

  /** Adds a list of integers, for example axes or a shape. */
  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.constant(`integers_${values.join('_')}`, [values.length], data, 'int64');
  }

  get constants(): readonly TensorProto[] {
    return [...this.small.values()];
  }

  private constant(
    name: string,
    shape: readonly number[],
    data: Float32Array | BigInt64Array,
    element: GraphElement,
  ): string {
    const rawData = new Uint8Array(data.buffer as ArrayBuffer);
    const dims = shape.map(BigInt);
    this.small.set(name, create(TensorProtoSchema, { name, dims, dataType: elementTypes[element], rawData }));
    return name;
  }
}

export interface FinishedGraph {
  readonly builder: GraphBuilder;
  readonly weights: readonly WeightPlace[];
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Name of the file with the weights, next to the graph. */
  readonly dataFile: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @returns the bytes of the `.onnx` file: the graph without its large weights. */
export function writeGraph(graph: FinishedGraph): Uint8Array {
  const { builder, weights, inputs, outputs, dataFile, metadata } = graph;
  const model = create(ModelProtoSchema, {
    irVersion,
    producerName: 'biobert',
    opsetImport: [{ domain: '', version: opset }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'bert',
      node: builder.nodes.map(nodeProto),
      initializer: [...builder.constants, ...weights.map((weight) => weightProto(weight, dataFile))],
      input: inputs.map(valueProto),
      output: outputs.map(valueProto),
    },
  });
  return toBinary(ModelProtoSchema, model);
}

function nodeProto({ type, inputs, outputs, attributes = {} }: GraphNode): NodeProto {
  return create(NodeProtoSchema, {
    input: [...inputs],
    output: [...outputs],
    name: outputs[0] ?? '',
    opType: type,
    attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
  });
}

function attributeProto(
  name: string,
  value: number | readonly number[] | { readonly float: number },
): AttributeProto {
  if (typeof value === 'number') {
    const type = AttributeProto_AttributeType.INT;
    return create(AttributeProtoSchema, { name, i: BigInt(value), type });
  }
  if ('float' in value) {
    return create(AttributeProtoSchema, { name, f: value.float, type: AttributeProto_AttributeType.FLOAT });
  }
  const type = AttributeProto_AttributeType.INTS;
  return create(AttributeProtoSchema, { name, ints: value.map(BigInt), type });
}

function weightProto({ name, element, shape, offset, bytes }: WeightPlace, dataFile: string): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: shape.map(BigInt),
    dataType: elementTypes[element],
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: dataFile },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(bytes) },
    ],
  });
}

function valueProto({ name, element, shape }: GraphValue): ValueInfoProto {
  const dim = shape.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } },
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: { case: 'tensorType', value: { elemType: elementTypes[element], shape: { dim } } },
    },
  });
}
