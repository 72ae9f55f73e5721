import { createSpanCache, type SpanCache } from '../core/decode/spanCache';
import { BioBertError, isCancelled, throwIfCancelled } from '../core/errors';
import { createTagger } from '../core/pipeline';
import type { Batch } from '../core/types';
import type {
  Engine,
  EngineStatus,
  ModelInfo,
  ModelTask,
  TagOptions,
  TagRequest,
  TagResult,
} from '../protocol/engine';
import { internalError } from '../protocol/wireError';
import { linkedAbort, manyListenersController } from './abort';
import { DocumentCache, segmentsIn } from './documentCache';
import { disposedError } from './engineErrors';
import { type LoadedModel, loadModel } from './loadModel';
import { type Logger, nullLogger } from './log';
import { ModelSlot, type Releasable } from './modelSlot';
import { taskMismatch } from './modelManifest';
import { Scheduler } from './scheduler';
import type { RuntimeName, SessionOptions } from './session';
import { StatusSource } from './statusSource';
import { checkText, defaultMaxCharacters } from './textLimits';

export interface EngineOptions {
  /** Folder of the tagger: `models/tagger` of the extension, or the user's own. */
  readonly modelPath: string;
  /** Folder of the relation model. Absent: relations are refused with MODEL_NOT_FOUND. */
  readonly relationsPath?: string | undefined;
  /** Folder of the question model. Absent: questions are refused with MODEL_NOT_FOUND. */
  readonly questionsPath?: string | undefined;
  /** Threads of one inference. 0 or absent: half the cores, at least 1, at most 4. */
  readonly threads?: number | undefined;
  /** Absent: `node` where it has a binary for this platform, else `web`. */
  readonly runtime?: RuntimeName | undefined;
  /** Longer texts are refused with DOCUMENT_TOO_LARGE. UTF-16 code units; default 50 Mi. */
  readonly maxCharacters?: number | undefined;
  readonly log?: Logger | undefined;
}

/** The engine in this process. Its event loop stands still during each batch: use it at a terminal and in tests. */
export function createEngine(options: EngineOptions): Engine {
  return new InProcessEngine(options);
}

/** The task has no loader yet. */
function unbuilt(task: ModelTask): () => Promise<never> {
  return () => Promise.reject(taskMismatch(task, 'none of the kind can be loaded.'));
}

class InProcessEngine implements Engine {
  private readonly log: Logger;
  private readonly statuses = new StatusSource();
  private readonly scheduler = new Scheduler();
  private readonly documents = new DocumentCache();
  /** Survives an unload: what was inferred stays true of the same model folder. */
  private readonly spans: SpanCache = createSpanCache();
  /** One for each task; all are released together. */
  private readonly slots = {
    'token-classification': new ModelSlot(() => this.loadTagger()),
    'relation-extraction': new ModelSlot<Releasable>(() => this.loading(unbuilt('relation-extraction'))),
    'question-answering': new ModelSlot<Releasable>(() => this.loading(unbuilt('question-answering'))),
  };
  private loadedHash: string | undefined;
  private lifetime = manyListenersController();
  private readonly active = new Set<Promise<unknown>>();
  private isDisposed = false;

  constructor(private readonly options: EngineOptions) {
    this.log = options.log ?? nullLogger;
  }

  get status(): EngineStatus {
    return this.statuses.current;
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    return this.statuses.listen(listener);
  }

  load(signal?: AbortSignal, task: ModelTask = 'token-classification'): Promise<ModelInfo> {
    return this.track(async (linked) => (await this.model(this.slots[task], linked)).info, signal);
  }

  tag(request: TagRequest, options: TagOptions = {}): Promise<TagResult> {
    return this.track((signal) => {
      const priority = request.priority ?? 'background';
      return this.scheduler.run(priority, () => this.tagNow(request, { ...options, signal }));
    }, options.signal);
  }

  forget(document: string): void {
    this.documents.forget(document);
  }

  async unload(): Promise<void> {
    const releases = Object.values(this.slots).map((slot) => slot.empty());
    this.lifetime.abort();
    this.lifetime = manyListenersController();
    this.documents.clear();
    this.statuses.set({ state: 'idle' });
    await Promise.allSettled(this.active);
    for (const release of releases) await release();
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    await this.unload();
    this.spans.clear();
    this.statuses.clear();
  }

  private async tagNow(request: TagRequest, { signal, onProgress }: TagOptions): Promise<TagResult> {
    checkText(request.text, this.options.maxCharacters ?? defaultMaxCharacters);
    const model = await this.model(this.slots['token-classification'], signal);
    throwIfCancelled(signal);
    const priority = request.priority ?? 'background';
    const turn = () => this.scheduler.turn(priority);
    await turn();
    const parsed = this.documents.parse(request.document, request.text, request.format);
    const { segments, covered } = segmentsIn(parsed, request.range);
    const run = async (batch: Batch) => {
      await turn();
      throwIfCancelled(signal);
      return model.run(batch);
    };
    const tagger = createTagger({
      model: { run },
      tokenizer: model.tokenizer,
      config: model.config,
      cache: this.spans,
    });
    const { types, minProbability } = request;
    const tagged = await tagger.tag(request.text, segments, {
      signal,
      types,
      minProbability,
      onProgress,
      pause: turn,
    });
    return { ...tagged, covered, model: model.info };
  }

  /** Follows a request from its start to its end: status, unload, dispose and foreign errors. */
  private async track<T>(
    work: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    this.throwIfDisposed();
    throwIfCancelled(signal);
    const linked = linkedAbort(signal, this.lifetime.signal);
    const running = work(linked.signal);
    this.active.add(running);
    try {
      return await running;
    } catch (error) {
      this.throwIfDisposed();
      if (isCancelled(error) || error instanceof BioBertError) throw error;
      throw internalError(error);
    } finally {
      linked.unlink();
      this.active.delete(running);
      this.report();
    }
  }

  /** The model of a slot, loaded if it is not. */
  private async model<M extends Releasable>(slot: ModelSlot<M>, signal: AbortSignal | undefined): Promise<M> {
    const model = await slot.get(signal);
    // The status names the tagger where there is one: its types are what is shown.
    const shown = model.info.task === 'token-classification' ? model.info : this.status.model;
    this.report(shown ?? model.info);
    return model;
  }

  private async loadTagger(): Promise<LoadedModel> {
    const model = await this.loading((options) => loadModel(this.options.modelPath, options));
    if (this.loadedHash !== model.info.hash) this.spans.clear();
    this.loadedHash = model.info.hash;
    return model;
  }

  /** Loads a model under the eyes of status and log. */
  private async loading<M extends Releasable>(load: (options: SessionOptions) => Promise<M>): Promise<M> {
    const { threads = 0, runtime } = this.options;
    this.statuses.set({ ...this.status, state: 'loading', memoryBytes: process.memoryUsage.rss() });
    const started = performance.now();
    try {
      const model = await load({ threads, runtime, log: this.log });
      const took = Math.round(performance.now() - started);
      this.log.info(
        `Loaded ${model.info.name} ${model.info.version} with ${model.info.runtime} in ${took} ms.`,
      );
      return model;
    } catch (error) {
      const shown = error instanceof BioBertError ? error : internalError(error);
      this.log.error(`The model did not load: ${shown.userMessage}${causeOf(shown)}`);
      // A model that cannot be loaded is no harm to the others.
      const isAlone = Object.values(this.slots).filter((slot) => slot.isInUse).length <= 1;
      if (isAlone) this.statuses.set({ state: 'failed', error: shown.userMessage });
      throw shown;
    }
  }

  private throwIfDisposed(): void {
    if (this.isDisposed) throw disposedError();
  }

  private report(model = this.status.model): void {
    if (!model || !Object.values(this.slots).some((slot) => slot.isInUse)) return;
    const state = this.active.size > 0 ? 'working' : 'ready';
    this.statuses.set({ state, memoryBytes: process.memoryUsage.rss(), model });
  }
}

/** The first line of what lies under an error of the model folder or the runtime: it knows no document. */
function causeOf(error: BioBertError): string {
  return error.cause instanceof Error ? ` [${error.cause.message.split('\n', 1)[0] ?? ''}]` : '';
}
