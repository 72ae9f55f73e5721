/** Moves the table of a tiny model out of its graph, to wherever a test wants the graph to look for it. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
} from '../../src/convert/proto/onnx_pb';

export interface WeightsOutside {
  /** The location that the graph names. */
  readonly location: string;
  /** Path of the weights, relative to the folder. Default: the location. */
  readonly file?: string;
  /** A wrong offset to write into the graph. */
  readonly offset?: string;
  readonly length?: string;
}

/** The folder then has no `biobert.json`, which would tell. @returns where the weights are. */
export function putWeightsOutside(folder: string, options: WeightsOutside): string {
  const { location, file = location, offset, length } = options;
  const onnx = path.join(folder, 'model.onnx');
  const model = fromBinary(ModelProtoSchema, fs.readFileSync(onnx));
  const table = model.graph?.initializer.find(({ name }) => name === 'table');
  if (!table) throw new Error('The tiny model has no table.');
  const weights = path.resolve(folder, file);
  fs.mkdirSync(path.dirname(weights), { recursive: true });
  fs.writeFileSync(weights, table.rawData);
  const entries = { location, offset: offset ?? '0', length: length ?? String(table.rawData.length) };
  table.rawData = new Uint8Array();
  table.dataLocation = TensorProto_DataLocation.EXTERNAL;
  table.externalData = Object.entries(entries).map(([key, value]) =>
    create(StringStringEntryProtoSchema, { key, value }),
  );
  fs.writeFileSync(onnx, toBinary(ModelProtoSchema, model));
  fs.rmSync(path.join(folder, 'biobert.json'), { force: true });
  return weights;
}
