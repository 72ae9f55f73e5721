import * as vscode from 'vscode';
import type {
  AnswerOptions,
  AnswerRequest,
  AnswerResult,
  BioBertEngine,
  EmbedRequest,
  EngineStatus,
  ModelInfo,
  ModelTask,
  PassagesRequest,
  PassagesResult,
  RelationsOptions,
  RelationsRequest,
  RelationsResult,
  TagOptions,
  TagRequest,
  TagResult,
} from '../protocol/engine';
import type { Curation } from '../core/curation/decisions';
import { throwIfCancelled } from '../core/errors';
import { tagCurated } from './curation/curatingEngine';
import { logFailure, type Logger } from './log';

/** What an engine is made from. Another value means another engine. */
export interface EngineSetup {
  readonly modelPath: string;
  /** Folders of the models that find relations and answer questions. */
  readonly relationsPath: string;
  readonly questionsPath: string;
  readonly threads: number;
  readonly idleMinutes: number;
}

export interface EngineHostParts {
  readonly createEngine: (setup: EngineSetup) => BioBertEngine;
  /** What the reader has corrected; asked before each text is tagged. */
  readonly curation: () => Promise<Curation>;
  /** As the settings are now. */
  readonly setup: () => EngineSetup;
  readonly log: Logger;
}

const asleep: EngineStatus = { state: 'idle' };

/**
 * The engine that every part asks, made at the first request and made anew after its settings changed. So nobody
 * else has to know that it can be another one.
 */
export class EngineHost implements BioBertEngine {
  private current: { readonly engine: BioBertEngine; readonly setup: EngineSetup } | undefined;
  private readonly listeners = new Set<(status: EngineStatus) => void>();
  private readonly modelChanged = new vscode.EventEmitter<void>();
  /** What an earlier model found is not what this one would. */
  readonly onDidChangeModel = this.modelChanged.event;

  constructor(private readonly parts: EngineHostParts) {}

  get status(): EngineStatus {
    return this.current?.engine.status ?? asleep;
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  load(signal?: AbortSignal, task?: ModelTask): Promise<ModelInfo> {
    return this.engine().load(signal, task);
  }

  async tag(request: TagRequest, options?: TagOptions): Promise<TagResult> {
    const curation = await this.parts.curation();
    throwIfCancelled(options?.signal);
    return tagCurated(request, options, curation, (asked, how) => this.engine().tag(asked, how));
  }

  relations(request: RelationsRequest, options?: RelationsOptions): Promise<RelationsResult> {
    return this.engine().relations(request, options);
  }

  passages(request: PassagesRequest, options?: { readonly signal?: AbortSignal }): Promise<PassagesResult> {
    return this.engine().passages(request, options);
  }

  embed(
    request: EmbedRequest,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly Float32Array[]> {
    return this.engine().embed(request, options);
  }

  answer(request: AnswerRequest, options?: AnswerOptions): Promise<AnswerResult> {
    return this.engine().answer(request, options);
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
    if (before.modelPath !== after.modelPath) this.modelChanged.fire();
  }

  async dispose(): Promise<void> {
    this.modelChanged.dispose();
    this.listeners.clear();
    await this.stop();
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
