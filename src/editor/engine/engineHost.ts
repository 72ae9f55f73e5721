import * as vscode from 'vscode';
import type {
  BioBertEngine,
  CallOptions,
  EngineMethod,
  EngineMethods,
  EngineRequest,
  EngineResult,
  EngineStatus,
  ModelInfo,
  TagRequest,
  TagResult,
} from '../../protocol/engine';
import { RequestMethods } from '../../protocol/requestMethods';
import { type ModelTask, modelTasks } from '../../protocol/tasks';
import type { Curation } from '../../core/curation/decisions';
import { throwIfCancelled } from '../../core/errors';
import type { EngineOptions } from '../../runtime/engine/engineOptions';
import { tagCurated } from '../workspace/curatingEngine';
import { logFailure, type Logger } from '../log';
import type { Server } from './serverAccess';

/** The settings that an engine is made from. Other settings mean another engine. */
export interface EngineSetup extends Pick<EngineOptions, 'threads' | 'device'> {
  /** The folder of each task's model. */
  readonly modelPaths: Readonly<Record<ModelTask, string>>;
  readonly idleMinutes: number;
  /** A server that runs the models instead of this machine. */
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

const asleep: EngineStatus = { state: 'idle' };

/**
 * The engine that every part asks, made at the first request and made anew after its settings changed. So nobody
 * else has to know that it can be another one.
 */
export class EngineHost extends RequestMethods implements BioBertEngine {
  private current: { readonly engine: BioBertEngine; readonly setup: EngineSetup } | undefined;
  private readonly listeners = new Set<(status: EngineStatus) => void>();
  private readonly modelChanged = new vscode.EventEmitter<readonly ModelTask[]>();
  /** Fires with the tasks whose model changed: findings of the earlier models are out of date. */
  readonly onDidChangeModel = this.modelChanged.event;

  constructor(private readonly parts: EngineHostParts) {
    super();
  }

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

  async ask<M extends EngineMethod>(
    method: M,
    request: EngineRequest<M>,
    options?: CallOptions<M>,
  ): Promise<EngineResult<M>> {
    const engine: EngineMethods = await this.allowed(options?.signal);
    return engine[method](request, options);
  }

  /** Tags a text as the reader has curated it. A hover never opens a dialog. */
  override async tag(request: TagRequest, options?: CallOptions<'tag'>): Promise<TagResult> {
    const curation = await this.parts.curation();
    const isQuiet = request.priority === 'interactive';
    const engine = await this.allowed(options?.signal, isQuiet);
    return tagCurated(request, options, curation, (asked, how) => engine.tag(asked, how));
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
    const tasks = modelTasks.filter((task) => before.modelPaths[task] !== after.modelPaths[task]);
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
