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
  RelationsRequest,
  RelationsResult,
  TagRequest,
  TagResult,
} from '../../protocol/engine';
import { RequestMethods } from '../../protocol/requestMethods';
import { type ModelTask, modelTasks } from '../../protocol/tasks';
import type { Curation } from '../../core/curation/decisions';
import { throwIfCancelled } from '../../core/errors';
import type { UserTerm } from '../../core/types';
import type { EngineOptions } from '../../runtime/engine/engineOptions';
import type { ServerOptions } from '../../runtime/remote/inferenceClient';
import { tagCurated } from '../../runtime/folder/curatedEntities';
import { logFailure, type Logger } from '../log';
import type { Server } from './serverAccess';

/** The settings of an engine. If they change, a new engine is created. */
export interface EngineSetup extends Pick<EngineOptions, 'threads' | 'device' | 'terminologyPath'> {
  /** The folder of each task's model. */
  readonly modelPaths: Readonly<Record<ModelTask, string>>;
  readonly idleMinutes: number;
  /** A server that runs the models. Default: they run on this machine. */
  readonly server?: (Server & Pick<ServerOptions, 'allowHttp'>) | undefined;
}

export interface EngineHostParts {
  readonly createEngine: (setup: EngineSetup) => BioBertEngine;
  /** Reads the corrections of the user. It is called before each text is tagged. */
  readonly curation: () => Promise<Curation>;
  /**
   * Reads the terms of the user for a document, by its URI. They are added to each request that tags it. Default: none.
   */
  readonly terms?: (document: string) => Promise<readonly UserTerm[]>;
  /** Awaited before each request. It throws if text would be sent to a server that the user has not allowed. */
  readonly allow: (how: { readonly isQuiet: boolean }) => Promise<void>;
  /** Reads the current settings. */
  readonly setup: () => EngineSetup;
  readonly log: Logger;
}

const idleStatus: EngineStatus = { state: 'idle' };

/**
 * The engine that all parts of the extension use. It creates the real engine at the first request, and replaces it after
 * the settings changed, so that no other part has to handle a change of engines.
 */
export class EngineHost extends RequestMethods implements BioBertEngine {
  private current: { readonly engine: BioBertEngine; readonly setup: EngineSetup } | undefined;
  private readonly listeners = new Set<(status: EngineStatus) => void>();
  private readonly modelChanged = new vscode.EventEmitter<readonly ModelTask[]>();
  /** Fires with the tasks whose model changed. Results of the earlier models are then out of date. */
  readonly onDidChangeModel = this.modelChanged.event;

  constructor(private readonly parts: EngineHostParts) {
    super();
  }

  get status(): EngineStatus {
    return this.current?.engine.status ?? idleStatus;
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

  /**
   * Tags a text with the terms of the user, and applies the corrections of the user. A request with priority
   * `interactive` never opens a dialog.
   */
  override async tag(request: TagRequest, options?: CallOptions<'tag'>): Promise<TagResult> {
    const curation = await this.parts.curation();
    return tagCurated(request, options, curation, (changed, how) => this.tagAsFound(changed, how));
  }

  /** As {@link tag}, without the corrections of the user. */
  async tagAsFound(request: TagRequest, options?: CallOptions<'tag'>): Promise<TagResult> {
    const wanted = await withTerms(request, this.parts);
    const isQuiet = request.priority === 'interactive';
    const engine = await this.allowed(options?.signal, isQuiet);
    return engine.tag(wanted, options);
  }

  /** As in the contract, with the terms of the user where the engine tags the text first. */
  override async relations(
    request: RelationsRequest,
    options?: CallOptions<'relations'>,
  ): Promise<RelationsResult> {
    const wanted = request.entities === undefined ? await withTerms(request, this.parts) : request;
    return this.ask('relations', wanted, options);
  }

  forget(document: string): void {
    this.current?.engine.forget(document);
  }

  async unload(): Promise<void> {
    await this.current?.engine.unload();
  }

  /** Applies changed settings. Before the first request there is nothing to do. */
  reconfigure(): void {
    const before = this.current?.setup;
    const after = this.parts.setup();
    if (!before || JSON.stringify(before) === JSON.stringify(after)) return;
    logFailure(this.stop(), this.parts.log, 'Stopping the engine');
    this.notify(idleStatus);
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
      if (this.current?.engine === engine) this.notify(status);
    });
    this.current = { engine, setup };
    return engine;
  }

  private async stop(): Promise<void> {
    const engine = this.current?.engine;
    this.current = undefined;
    await engine?.dispose();
  }

  private notify(status: EngineStatus): void {
    for (const listener of [...this.listeners]) listener(status);
  }
}

/** The request with the terms of the user for its document. */
async function withTerms<R extends TagRequest | RelationsRequest>(
  request: R,
  parts: Pick<EngineHostParts, 'terms'>,
): Promise<R> {
  const terms = (await parts.terms?.(request.document)) ?? [];
  return terms.length === 0 ? request : { ...request, terms: [...(request.terms ?? []), ...terms] };
}
