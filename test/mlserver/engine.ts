import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BioBertEngine } from '../../src/protocol/engine';
import { createEngine } from '../../src/runtime/engine/engine';
import type { EngineOptions } from '../../src/runtime/engine/engineOptions';

export interface MlServer {
  readonly url: string;
  /** The folder from which it loads models. */
  readonly repository: string;
}

const requests = ['load', 'tag', 'relations', 'passages', 'embed', 'answer'] as const;

/** Creates an engine whose models run on MLServer. They are put there before the first request. */
export function createServedEngine(server: MlServer, options: EngineOptions): BioBertEngine {
  const engine = createEngine({ ...options, server: { url: server.url } });
  const folders = Object.values(options.modelPaths);
  let isLoaded = false;
  const loading = Promise.all(folders.map((folder) => give(server, folder))).then(() => (isLoaded = true));
  // The requests that wait for it report the error.
  loading.catch(() => undefined);
  return new Proxy(engine, {
    get(target, name: keyof BioBertEngine) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const call = (...values: unknown[]): unknown => Reflect.apply(value, target, values);
      if (!requests.some((request) => request === name)) return call;
      return (...values: unknown[]) => (isLoaded ? call(...values) : loading.then(() => call(...values)));
    },
  });
}

/** Copies a model to the repository under the name of its folder, and lets the server load it. */
async function give({ url, repository }: MlServer, folder: string): Promise<void> {
  if (!fs.existsSync(path.join(folder, 'model.onnx'))) return;
  const name = path.basename(folder);
  const own = path.join(repository, name);
  fs.mkdirSync(own, { recursive: true });
  fs.copyFileSync(path.join(folder, 'model.onnx'), path.join(own, 'model.onnx'));
  const settings = {
    name,
    implementation: 'onnx_model.OnnxModel',
    parameters: { uri: './model.onnx' },
  };
  fs.writeFileSync(path.join(own, 'model-settings.json'), JSON.stringify(settings));
  const response = await fetch(`${url}/v2/repository/models/${name}/load`, { method: 'POST' });
  if (!response.ok) throw new Error(`MLServer did not load ${name}: ${await response.text()}`);
}
