import { BioBertError, errorCodes } from '../../core/errors';
import { modelKey } from '../../protocol/modelName';
import { byTask, defaultTask, type ModelTask } from '../../protocol/tasks';
import { internalError } from '../../protocol/wireError';
import { orCancelled } from '../abort';
import { type Logger, nullLogger, warnOnce } from '../log';
import type { SessionOptions } from '../onnx/session';
import type { EngineOptions } from './engineOptions';
import { loadTagger } from './entities';
import { loadQuestions } from './questions';
import { loadRelations } from './relations';
import type { Loaded, LoadedModels } from './requestContext';
import type { StatusSource } from './statusSource';

type Load<T extends ModelTask> = (path: string, options: SessionOptions) => Promise<LoadedModels[T]>;

/** Loads the model of each task from its folder. */
const loaders: { readonly [T in ModelTask]: Load<T> } = {
  'token-classification': loadTagger,
  'relation-extraction': loadRelations,
  'question-answering': loadQuestions,
};

/** One model of an engine: loaded at the first use, shared by all requests, loaded again after a failure. */
class ModelSlot<M extends Loaded> {
  private loading: Promise<M> | undefined;

  constructor(private readonly load: () => Promise<M>) {}

  /** Whether the model is loaded or being loaded. */
  get isInUse(): boolean {
    return this.loading !== undefined;
  }

  /** @throws what loading throws, {@link CancelledError} as soon as the signal aborts; the loading goes on for others. */
  get(signal: AbortSignal | undefined): Promise<M> {
    const loading = (this.loading ??= this.load());
    loading.catch(() => {
      if (this.loading === loading) this.loading = undefined;
    });
    return orCancelled(loading, signal);
  }

  /** Empties the slot at once. @returns a function that releases its model, to be called when nothing runs on it. */
  empty(): () => Promise<void> {
    const { loading } = this;
    this.loading = undefined;
    return async () => {
      // A model that failed to load has nothing to release, and has been reported.
      const model = await loading?.catch(() => undefined);
      await model?.release();
    };
  }
}

/** The parts of an engine that loading a model concerns. */
export interface ModelSlotsParts {
  readonly options: EngineOptions;
  readonly statuses: StatusSource;
  /** Findings of earlier models, cleared when another model of their task is loaded. */
  readonly caches: Readonly<Partial<Record<ModelTask, { clear(): void }>>>;
  /** Aborts at the next unload. */
  readonly lifetime: () => AbortSignal;
}

/** The models of an engine, one slot for each task. */
export class ModelSlots {
  private readonly log: Logger;
  private readonly slots = byTask((task) => new ModelSlot(() => this.load(task)));
  private readonly loadedKeys = new Map<ModelTask, string>();

  constructor(private readonly parts: ModelSlotsParts) {
    // The models share their warnings: a runtime that is missing, a device that cannot be used.
    this.log = warnOnce(parts.options.log ?? nullLogger);
  }

  /** Whether the model of any task is loaded or being loaded. */
  get isInUse(): boolean {
    return this.countInUse > 0;
  }

  /** Whether there is a model for a task, loaded or not. */
  has(task: ModelTask): boolean {
    return (this.parts.options.modelPaths[task] ?? '') !== '';
  }

  /** @throws what loading throws, {@link CancelledError} as soon as the signal aborts; the loading goes on for others. */
  get<T extends ModelTask>(task: T, signal: AbortSignal | undefined): Promise<LoadedModels[T]> {
    // The loop over the tasks loses this type: each slot holds what the loader of its task gives.
    return this.slots[task].get(signal) as Promise<LoadedModels[T]>;
  }

  /** Empties all slots at once. @returns a function that releases the models, to be called when nothing runs on them. */
  empty(): () => Promise<void> {
    const releases = Object.values(this.slots).map((slot) => slot.empty());
    return async () => {
      for (const release of releases) await release();
    };
  }

  private get countInUse(): number {
    return Object.values(this.slots).filter((slot) => slot.isInUse).length;
  }

  private async load(task: ModelTask): Promise<Loaded> {
    const { options, statuses, caches } = this.parts;
    statuses.set({ ...statuses.current, state: 'loading', memoryBytes: process.memoryUsage.rss() });
    const started = performance.now();
    try {
      const model = await this.loadAnywhere(task, requirePath(options.modelPaths[task], task));
      const { name, version, runtime } = model.info;
      const took = Math.round(performance.now() - started);
      this.log.info(`Loaded ${name} ${version} with ${runtime} in ${took} ms.`);
      // Findings of another model are not those of this one.
      const key = modelKey(model.info);
      if (this.loadedKeys.get(task) !== key) caches[task]?.clear();
      this.loadedKeys.set(task, key);
      return model;
    } catch (error) {
      const shown = error instanceof BioBertError ? error : internalError(error);
      this.log.error(`The model did not load: ${shown.userMessage}${causeOf(shown)}`);
      // A model that cannot be loaded does no harm to the others.
      if (this.countInUse <= 1) statuses.set({ state: 'failed', error: shown.userMessage });
      throw shown;
    }
  }

  /** Loads a model at the server, if there is one; on this machine if the server lacks that model, the tagger excepted. */
  private async loadAnywhere(task: ModelTask, path: string): Promise<Loaded> {
    const { options, lifetime } = this.parts;
    const { threads = 0, runtime, device } = options;
    const local = { threads, runtime, device, log: this.log };
    const server = options.server && { ...options.server, signal: lifetime() };
    const load: (path: string, options: SessionOptions) => Promise<Loaded> = loaders[task];
    return load(path, { ...local, server }).catch((error: unknown) => {
      if (task === defaultTask || !isMissingAtServer(error)) throw error;
      this.log.warn(`${error.message} This machine runs that model.`);
      return load(path, local);
    });
  }
}

/** The folder of a task's model. @throws {BioBertError} MODEL_NOT_FOUND if the engine was given none. */
function requirePath(path: string | undefined, task: ModelTask): string {
  if (path !== undefined && path !== '') return path;
  throw new BioBertError(
    errorCodes.MODEL_NOT_FOUND,
    `No model folder is set for ${task}.`,
    'Reinstall BioBERT, or name the folder of such a model.',
  );
}

function isMissingAtServer(error: unknown): error is BioBertError {
  return error instanceof BioBertError && error.code === errorCodes.SERVER_MODEL_MISSING;
}

/** The first line of the cause: it knows the model folder and the runtime, and no document. */
function causeOf(error: BioBertError): string {
  return error.cause instanceof Error ? ` [${error.cause.message.split('\n', 1)[0] ?? ''}]` : '';
}
