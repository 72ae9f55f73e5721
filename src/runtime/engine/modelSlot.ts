import { BioBertError, errorCodes } from '../../core/errors';
import type { ModelInfo } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import { orCancelled } from '../abort';

/** What a slot holds: a model of whatever task. */
export interface Releasable {
  readonly info: ModelInfo;
  release(): Promise<void>;
}

/** One model of an engine: loaded at the first use, shared by all who ask, loaded again after a failure. */
export class ModelSlot<M extends Releasable> {
  private loading: Promise<M> | undefined;

  constructor(private readonly load: () => Promise<M>) {}

  /** Whether a model is there or on its way. */
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

  /** Empties the slot at once. @returns what releases the model that was in it, to be called when nothing runs on it. */
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

/** The folder that an engine was given for a task. @throws {BioBertError} MODEL_NOT_FOUND where it was given none. */
export function requirePath(path: string | undefined, task: ModelTask): string {
  if (path !== undefined && path !== '') return path;
  throw new BioBertError(
    errorCodes.MODEL_NOT_FOUND,
    `No model folder is set for ${task}.`,
    'Reinstall BioBERT, or name the folder of such a model.',
  );
}
