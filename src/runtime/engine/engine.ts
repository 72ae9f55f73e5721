import {
  createSpanCache,
  createTextCache,
  type SpanCache,
  type TextCache,
} from '../../core/entities/spanCache';
import { BioBertError, errorCodes, isCancelled, throwIfCancelled } from '../../core/errors';
import type { FoundRelation } from '../../core/relations/decode';
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
import { internalError } from '../../protocol/wireError';
import { answerQuestion, embedTexts, passagesOf } from './answering';
import { linkedAbort, manyListenersController } from '../abort';
import { DocumentCache } from './documentCache';
import { disposedError } from './engineErrors';
import { type LoadedModel, loadModel } from './loadTagger';
import { type LoadedQuestions, loadQuestions } from './loadQuestions';
import { type LoadedRelations, loadRelations } from './loadRelations';
import { type Logger, nullLogger, warnOnce } from '../log';
import { ModelSlot, type Releasable, requirePath } from './modelSlot';
import type { Device } from '../onnx/platform';
import { relateDocument } from './relating';
import { type Priority, Scheduler } from './scheduler';
import type { ServerOptions } from '../remote/inferenceClient';
import type { RuntimeName, SessionOptions } from '../onnx/session';
import { StatusSource } from './statusSource';
import { tagDocument, type TaskContext } from './tagging';
import { defaultMaxCharacters } from './textLimits';

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
  /** Default `cpu`, which takes the place of one that cannot be used; the log says why. */
  readonly device?: Device | undefined;
  /**
   * A server that runs the models in the place of this machine; the folders are needed for their tokenizers. It must
   * have the tagger; relations and questions are left to this machine where it does not have their models.
   */
  readonly server?: ServerOptions | undefined;
  /** Longer texts are refused with DOCUMENT_TOO_LARGE. UTF-16 code units; default 50 Mi. */
  readonly maxCharacters?: number | undefined;
  readonly log?: Logger | undefined;
}

/** The engine in this process. Its event loop stands still during each batch: use it at a terminal and in tests. */
export function createEngine(options: EngineOptions): BioBertEngine {
  return new InProcessEngine(options);
}

class InProcessEngine implements BioBertEngine {
  private readonly log: Logger;
  private readonly statuses = new StatusSource();
  private readonly scheduler = new Scheduler();
  private readonly documents = new DocumentCache();
  /** Survives an unload: what was inferred stays true of the same model folder. */
  private readonly spans: SpanCache = createSpanCache();
  private readonly found: TextCache<FoundRelation> = createTextCache();
  /** One for each task; all are released together. */
  private readonly slots = {
    'token-classification': new ModelSlot(() => this.loadTagger()),
    'relation-extraction': new ModelSlot(() => this.loadRelations()),
    'question-answering': new ModelSlot(() => this.loadQuestions()),
  };
  private readonly loadedHashes = new Map<ModelTask, string>();
  private readonly context: TaskContext;
  private lifetime = manyListenersController();
  private readonly active = new Set<Promise<unknown>>();
  private isDisposed = false;

  constructor(private readonly options: EngineOptions) {
    // What one model meets, the others meet too.
    this.log = warnOnce(options.log ?? nullLogger);
    this.context = {
      documents: this.documents,
      scheduler: this.scheduler,
      maxCharacters: options.maxCharacters ?? defaultMaxCharacters,
      spans: this.spans,
    };
  }

  get status(): EngineStatus {
    return this.statuses.current;
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    return this.statuses.listen(listener);
  }

  load(signal?: AbortSignal, task: ModelTask = 'token-classification'): Promise<ModelInfo> {
    const slot: ModelSlot<Releasable> = this.slots[task];
    return this.track(async (linked) => (await this.model(slot, linked)).info, signal);
  }

  tag(request: TagRequest, options: TagOptions = {}): Promise<TagResult> {
    return this.track((signal) => {
      const priority = request.priority ?? 'background';
      const loadTagger = () => this.model(this.slots['token-classification'], signal);
      return this.scheduler.run(priority, () =>
        tagDocument(this.context, loadTagger, request, { ...options, signal }),
      );
    }, options.signal);
  }

  relations(request: RelationsRequest, options: RelationsOptions = {}): Promise<RelationsResult> {
    return this.track((signal) => {
      const priority = request.priority ?? 'background';
      const models = {
        loadRelations: () => this.model(this.slots['relation-extraction'], signal),
        loadTagger: () => this.model(this.slots['token-classification'], signal),
        found: this.found,
      };
      return this.scheduler.run(priority, () =>
        relateDocument(this.context, models, request, { ...options, signal }),
      );
    }, options.signal);
  }

  passages(
    request: PassagesRequest,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<PassagesResult> {
    return this.question(request.priority ?? 'background', options, (load, signal) =>
      passagesOf(this.context, load, request, { signal }),
    );
  }

  embed(
    request: EmbedRequest,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly Float32Array[]> {
    return this.question(request.priority ?? 'background', options, (load, signal) =>
      embedTexts(this.context, load, request, { signal }),
    );
  }

  answer(request: AnswerRequest, { signal, onProgress }: AnswerOptions = {}): Promise<AnswerResult> {
    return this.question(request.priority ?? 'interactive', signal ? { signal } : {}, (load, linked) =>
      answerQuestion(this.context, load, request, { signal: linked, ...(onProgress && { onProgress }) }),
    );
  }

  /** Runs a request that may need the question model. */
  private question<T>(
    priority: Priority,
    options: { readonly signal?: AbortSignal },
    work: (load: () => Promise<LoadedQuestions>, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.track((signal) => {
      const load = () => this.model(this.slots['question-answering'], signal);
      return this.scheduler.run(priority, () => work(load, signal));
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
    this.found.clear();
    this.statuses.clear();
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
    const model = await this.loading((options) => loadModel(this.options.modelPath, options), false);
    this.forgetOthers(model.info, this.spans);
    return model;
  }

  private async loadRelations(): Promise<LoadedRelations> {
    const { relationsPath } = this.options;
    const model = await this.loading(
      (options) => loadRelations(requirePath(relationsPath, 'relation-extraction'), options),
      true,
    );
    this.forgetOthers(model.info, this.found);
    return model;
  }

  private loadQuestions(): Promise<LoadedQuestions> {
    const { questionsPath } = this.options;
    return this.loading(
      (options) => loadQuestions(requirePath(questionsPath, 'question-answering'), options),
      true,
    );
  }

  /** What another model found before is not what this one would. */
  private forgetOthers({ task, hash }: ModelInfo, cache: { clear(): void }): void {
    if (this.loadedHashes.get(task) !== hash) cache.clear();
    this.loadedHashes.set(task, hash);
  }

  /**
   * Loads a model under the eyes of status and log.
   * @param mayRunHere Whether this machine may run what the server does not have.
   */
  private async loading<M extends Releasable>(
    load: (options: SessionOptions) => Promise<M>,
    mayRunHere: boolean,
  ): Promise<M> {
    const { threads = 0, runtime, device } = this.options;
    const server = this.options.server && { ...this.options.server, signal: this.lifetime.signal };
    this.statuses.set({ ...this.status, state: 'loading', memoryBytes: process.memoryUsage.rss() });
    const started = performance.now();
    try {
      const local = { threads, runtime, device, log: this.log };
      const model = await load({ ...local, server }).catch((error: unknown) => {
        if (!mayRunHere || !isMissingAtServer(error)) throw error;
        this.log.warn(`${error.message} This machine runs that model.`);
        return load(local);
      });
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

function isMissingAtServer(error: unknown): error is BioBertError {
  return error instanceof BioBertError && error.code === errorCodes.SERVER_MODEL_MISSING;
}

/** The first line of what lies under an error of the model folder or the runtime: it knows no document. */
function causeOf(error: BioBertError): string {
  return error.cause instanceof Error ? ` [${error.cause.message.split('\n', 1)[0] ?? ''}]` : '';
}
