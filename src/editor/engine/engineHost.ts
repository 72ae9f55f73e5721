import * as vscode from 'vscode';
import type {
  AnswerOptions,
  AnswerRequest,
  AnswerResult,
  BioBertEngine,
  EmbedRequest,
  EngineStatus,
  ModelInfo,
  PassagesRequest,
  PassagesResult,
  RelationsOptions,
  RelationsRequest,
  RelationsResult,
  TagOptions,
  TagRequest,
  TagResult,
} from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import type { Curation } from '../../core/curation/decisions';
import { throwIfCancelled } from '../../core/errors';
import { tagCurated } from '../workspace/curatingEngine';
import type { Device } from '../../runtime/onnx/platform';
import { logFailure, type Logger } from '../log';
import type { Server } from './serverAccess';

/** What an engine is made from. Another value means another engine. */
export interface EngineSetup {
  readonly modelPath: string;
  /** Folders of the models that find relations and answer questions. */
  readonly relationsPath: string;
  readonly questionsPath: string;
  readonly threads: number;
  readonly device?: Device | undefined;
  readonly idleMinutes: number;
  /** What runs the models in the place of this machine. */
  readonly server?: Server | undefined;
}

export interface EngineHostParts {
  readonly createEngine: (setup: EngineSetup) => BioBertEngine;
  /** What the reader has corrected; asked before each text is tagged. */
  readonly curation: () => Promise<Curation>;
  /** Awaited before a request; throws where text would leave this machine without the user's leave. */
  readonly allow: (how: { readonly isQuiet: boolean }) => Promise<void>;
  /** As the settings are now. */
  readonly setup: () => EngineSetup;
  readonly log: Logger;
}

const modelPaths = [
  ['token-classification', 'modelPath'],
  ['relation-extraction', 'relationsPath'],
  ['question-answering', 'questionsPath'],
] as const;

const asleep: EngineStatus = { state: 'idle' };

/**
 * The engine that every part asks, made at the first request and made anew after its settings changed. So nobody
 * else has to know that it can be another one.
 */
export class EngineHost implements BioBertEngine {
  private current: { readonly engine: BioBertEngine; readonly setup: EngineSetup } | undefined;
  private readonly listeners = new Set<(status: EngineStatus) => void>();
  private readonly modelChanged = new vscode.EventEmitter<readonly ModelTask[]>();
  /** Of these tasks. What an earlier model found is not what this one would. */
  readonly onDidChangeModel = this.modelChanged.event;

  constructor(private readonly parts: EngineHostParts) {}

  get status(): EngineStatus {
    return this.current?.engine.status ?? asleep;
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async load(signal?: AbortSignal, task?: ModelTask): Promise<ModelInfo> {
    return (await this.allowed(signal)).load(signal, task);
  }

  async tag(request: TagRequest, options?: TagOptions): Promise<TagResult> {
    const curation = await this.parts.curation();
    const isQuiet = request.priority === 'interactive';
    const engine = await this.allowed(options?.signal, isQuiet);
    return tagCurated(request, options, curation, (asked, how) => engine.tag(asked, how));
  }

  async relations(request: RelationsRequest, options?: RelationsOptions): Promise<RelationsResult> {
    return (await this.allowed(options?.signal)).relations(request, options);
  }

  async passages(
    request: PassagesRequest,
    options?: { readonly signal?: AbortSignal },
  ): Promise<PassagesResult> {
    return (await this.allowed(options?.signal)).passages(request, options);
  }

  async embed(
    request: EmbedRequest,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly Float32Array[]> {
    return (await this.allowed(options?.signal)).embed(request, options);
  }

  async answer(request: AnswerRequest, options?: AnswerOptions): Promise<AnswerResult> {
    return (await this.allowed(options?.signal)).answer(request, options);
  }

  forget(document: string): void {
    this.current?.engine.forget(document);
  }

  async unload(): Promise<void> {
    await this.current?.engine.unload();
  }

  /** Called when settings changed. Does nothing before the first use: the engine is made from the new ones then. */
  reconfigure(): void {
    const before = this.current?.setup;
    const after = this.parts.setup();
    if (!before || JSON.stringify(before) === JSON.stringify(after)) return;
    logFailure(this.stop(), this.parts.log, 'Stopping the engine');
    this.tell(asleep);
    const changed = ([task, path]: readonly [ModelTask, keyof EngineSetup]): readonly ModelTask[] =>
      before[path] === after[path] ? [] : [task];
    const tasks = modelPaths.flatMap(changed);
    if (tasks.length > 0) this.modelChanged.fire(tasks);
  }

  async dispose(): Promise<void> {
    this.modelChanged.dispose();
    this.listeners.clear();
    await this.stop();
  }

  private async allowed(signal: AbortSignal | undefined, isQuiet = false): Promise<BioBertEngine> {
    await this.parts.allow({ isQuiet });
    throwIfCancelled(signal);
    return this.engine();
  }

  private engine(): BioBertEngine {
    if (this.current) return this.current.engine;
    const setup = this.parts.setup();
    const engine = this.parts.createEngine(setup);
    engine.onDidChangeStatus((status) => {
      if (this.current?.engine === engine) this.tell(status);
    });
    this.current = { engine, setup };
    return engine;
  }

  private async stop(): Promise<void> {
    const engine = this.current?.engine;
    this.current = undefined;
    await engine?.dispose();
  }

  private tell(status: EngineStatus): void {
    for (const listener of [...this.listeners]) listener(status);
  }
}
