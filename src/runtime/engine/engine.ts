import { BioBertError, isCancelled } from '../../core/errors';
import type {
  BioBertEngine,
  CallOptions,
  EngineMethod,
  EngineRequest,
  EngineResult,
  EngineStatus,
  ModelInfo,
  Priority,
} from '../../protocol/engine';
import { RequestMethods } from '../../protocol/requestMethods';
import { defaultTask, type ModelTask } from '../../protocol/tasks';
import { internalError } from '../../protocol/wireError';
import { findConcepts } from './concepts';
import { DocumentCache } from './documentCache';
import type { EngineOptions } from './engineOptions';
import { tagDocument } from './entities';
import { ModelSlots } from './modelSlots';
import { answerQuestion, embedTexts, splitDocument } from './questions';
import { relateDocument } from './relations';
import { RequestCaches } from './requestCaches';
import type { RequestContext } from './requestContext';
import { RequestTracker } from './requestTracker';
import { Scheduler } from './scheduler';
import { StatusSource } from './statusSource';
import { TermFinders } from './termFinders';
import { TerminologySlot } from './terminologySlot';
import { defaultMaxCharacters } from './textLimits';

/**
 * The engine in this process. Its event loop stands still during each batch: use it at a terminal and in tests.
 *
 * @example
 * ```ts
 * const engine = createEngine({ modelPaths: { 'token-classification': 'models/tagger' } });
 * const { entities } = await engine.tag({ document: 'a.txt', text: 'BRCA1 in cancer', format: 'plain' });
 * await engine.dispose();
 * ```
 */
export function createEngine(options: EngineOptions): BioBertEngine {
  return new InProcessEngine(options);
}

/** Runs the requests of one method. */
interface Handler<M extends EngineMethod> {
  readonly defaultPriority: Priority;
  readonly run: (
    context: RequestContext,
    request: EngineRequest<M>,
    onProgress: CallOptions<M>['onProgress'],
  ) => Promise<EngineResult<M>>;
}

const handlers: { readonly [M in EngineMethod]: Handler<M> } = {
  tag: { defaultPriority: 'background', run: tagDocument },
  relations: { defaultPriority: 'background', run: relateDocument },
  passages: { defaultPriority: 'background', run: splitDocument },
  embed: { defaultPriority: 'background', run: embedTexts },
  answer: { defaultPriority: 'interactive', run: answerQuestion },
  concepts: { defaultPriority: 'interactive', run: findConcepts },
};

class InProcessEngine extends RequestMethods implements BioBertEngine {
  private readonly statuses = new StatusSource();
  private readonly scheduler: Scheduler;
  private readonly documents = new DocumentCache();
  private readonly caches: RequestCaches;
  private readonly requests = new RequestTracker(() => this.report(this.status.model));
  private readonly models: ModelSlots;
  private readonly terminology: TerminologySlot;
  private readonly termFinders = new TermFinders();
  private readonly maxCharacters: number;

  constructor(options: EngineOptions) {
    super();
    this.maxCharacters = options.maxCharacters ?? defaultMaxCharacters;
    this.scheduler = new Scheduler(options.onBatch);
    this.caches = new RequestCaches(options.cachePerDocument ?? false);
    const { statuses, requests } = this;
    const caches = this.caches.shared;
    this.terminology = new TerminologySlot(options.terminologyPath, options.log);
    this.models = new ModelSlots({ options, statuses, caches, lifetime: () => requests.signal });
  }

  get status(): EngineStatus {
    return this.statuses.current;
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    return this.statuses.listen(listener);
  }

  load(signal?: AbortSignal, task: ModelTask = defaultTask): Promise<ModelInfo> {
    return this.requests.run(signal, async (linked) => (await this.model(task, linked)).info);
  }

  ask<M extends EngineMethod>(
    method: M,
    request: EngineRequest<M>,
    { signal, onProgress }: CallOptions<M> = {},
  ): Promise<EngineResult<M>> {
    const handler = handlers[method];
    const priority = request.priority ?? handler.defaultPriority;
    return this.requests.run(signal, async (linked) => {
      const document = 'document' in request ? request.document : undefined;
      const context = { ...this.contextOf(priority, linked), caches: this.caches.of(document) };
      try {
        return await this.scheduler.run(priority, () => handler.run(context, request, onProgress));
      } catch (error) {
        if (isCancelled(error) || error instanceof BioBertError) throw error;
        throw internalError(error);
      }
    });
  }

  forget(document: string): void {
    this.documents.forget(document);
    this.caches.forget(document);
  }

  async unload(): Promise<void> {
    const release = this.models.empty();
    this.terminology.clear();
    this.termFinders.clear();
    this.requests.cancelAll();
    this.documents.clear();
    this.caches.forgetAll();
    this.statuses.set({ state: 'idle' });
    await this.requests.settled();
    await release();
  }

  async dispose(): Promise<void> {
    this.requests.close();
    await this.unload();
    this.caches.clear();
    this.statuses.clear();
  }

  private contextOf(priority: Priority, signal: AbortSignal): Omit<RequestContext, 'caches'> {
    const { documents, maxCharacters, scheduler, termFinders } = this;
    return {
      documents,
      maxCharacters,
      signal,
      has: (task) => this.models.has(task),
      load: (task) => this.model(task, signal),
      terminology: () => this.terminology.get(),
      termFinders,
      turn: () => scheduler.turn(priority),
    };
  }

  /** The model of a task, loaded unless it is there. */
  private async model<T extends ModelTask>(task: T, signal: AbortSignal) {
    const model = await this.models.get(task, signal);
    this.report(this.statuses.shownModel(model.info));
    return model;
  }

  private report(model: ModelInfo | undefined): void {
    if (!model || !this.models.isInUse) return;
    const state = this.requests.count > 0 ? 'working' : 'ready';
    this.statuses.set({ state, memoryBytes: process.memoryUsage.rss(), model });
  }
}
