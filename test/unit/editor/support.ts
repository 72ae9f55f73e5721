/** Builders and fakes for tests of src/editor. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { throwIfCancelled } from '../../../src/core/errors';
import type { Abbreviation, Entity, EntityType } from '../../../src/core/types';
import type {
  AnswerResult,
  BioBertEngine,
  ConceptsResult,
  CallOptions,
  EngineStatus,
  ModelInfo,
  PassagesResult,
  RelationsResult,
  TagRequest,
  TagResult,
} from '../../../src/protocol/engine';
import { declareDefaults, FakeDocument, FakeNotebook, Uri, workspace } from './vscode';

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    }[];
  };
}

/** Sets the defaults of package.json. */
export function useManifestDefaults(): void {
  const file = path.resolve(import.meta.dirname, '../../../package.json');
  const { contributes } = JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest;
  for (const { properties } of contributes.configuration) {
    declareDefaults(
      Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, each.default])),
    );
  }
}

let documents = 0;

/** Creates an open document; `as` is the same object, typed as a `vscode.TextDocument`. */
export function createDocument(
  text: string,
  languageId = 'plaintext',
): FakeDocument & { readonly as: vscode.TextDocument } {
  const document = new FakeDocument(Uri.parse(`file:/papers/${++documents}`), text, languageId);
  return Object.assign(document, { as: document as unknown as vscode.TextDocument });
}

/** Opens a notebook with these Markdown cells. */
export function openNotebook(path: string, cells: readonly string[]): readonly vscode.TextDocument[] {
  const shown = cells.map((text, index) => {
    const uri = Uri.parse(`vscode-notebook-cell:${path}#${index}`);
    return new FakeDocument(uri, text, 'markdown');
  });
  workspace.notebookDocuments.push(
    new FakeNotebook(
      Uri.parse(`file:${path}`),
      shown.map((document) => ({ document })),
    ),
  );
  return shown as unknown as readonly vscode.TextDocument[];
}

/** Returns an entity at the first occurrence of `name` at or after `from`. */
export function entity(text: string, name: string, type: EntityType = 'Gene', from = 0): Entity {
  const start = text.indexOf(name, from);
  if (start < 0) throw new Error(`No ${name} in the text`);
  return { start, end: start + name.length, text: name, name, type, probability: 0.97 };
}

export const model: ModelInfo = {
  name: 'Test tagger',
  version: '1.0',
  task: 'token-classification',
  types: ['Gene', 'Disease', 'Chemical'],
  measured: [{ type: 'Gene', set: 'BC2GM test', precision: 85, recall: 83.4, f1: 84.2 }],
  license: 'MIT',
  hash: '0'.repeat(64),
  configHash: 'c',
  runtime: 'onnxruntime-node',
};

export function result(
  covered: TagResult['covered'],
  entities: readonly Entity[],
  abbreviations: readonly Abbreviation[] = [],
): TagResult {
  return { entities, abbreviations, covered, sentences: 1, cached: 0, tokens: 10, model };
}

interface PendingRequest {
  readonly request: TagRequest;
  readonly options: CallOptions<'tag'>;
  resolve(answer: TagResult): void;
  reject(error: unknown): void;
}

/** An engine whose results the test supplies. Like in the real engine, aborted requests are rejected. */
export class FakeEngine implements BioBertEngine {
  status: EngineStatus = { state: 'ready' };
  readonly requests: PendingRequest[] = [];
  readonly forgotten: string[] = [];
  isDisposed = false;
  private readonly listeners = new Set<(status: EngineStatus) => void>();

  /** The latest request. */
  get last(): PendingRequest {
    const request = this.requests.at(-1);
    if (!request) throw new Error('The engine got no request');
    return request;
  }

  setStatus(status: EngineStatus): void {
    this.status = status;
    for (const listener of this.listeners) listener(status);
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  load(): Promise<ModelInfo> {
    return Promise.resolve(model);
  }

  tag(request: TagRequest, options: CallOptions<'tag'> = {}): Promise<TagResult> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      signal?.addEventListener('abort', () => {
        try {
          throwIfCancelled(signal);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      this.requests.push({ request, options, resolve, reject });
    });
  }

  concepts(): Promise<ConceptsResult> {
    return Promise.resolve({ terminology: undefined, concepts: [] });
  }

  relations(): Promise<RelationsResult> {
    return Promise.resolve({
      relations: [],
      covered: { start: 0, end: 0 },
      pairs: 0,
      skippedPairs: 0,
      model,
    });
  }

  passages(): Promise<PassagesResult> {
    return Promise.resolve({ passages: [] });
  }

  embed(): Promise<readonly Float32Array[]> {
    return Promise.resolve([]);
  }

  answer(): Promise<AnswerResult> {
    return Promise.resolve({ kind: 'factoid', answers: [], noAnswer: 1, read: 0, model });
  }

  forget(document: string): void {
    this.forgotten.push(document);
  }

  unload(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.isDisposed = true;
    return Promise.resolve();
  }
}
