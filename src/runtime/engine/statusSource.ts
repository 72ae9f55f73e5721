import type { EngineStatus, ModelInfo } from '../../protocol/engine';
import { defaultTask } from '../../protocol/tasks';

/** Holds the status of an engine and notifies listeners when it changes. */
export class StatusSource {
  private status: EngineStatus = { state: 'idle' };
  private readonly listeners = new Set<(status: EngineStatus) => void>();

  get current(): EngineStatus {
    return this.status;
  }

  /** The model to show once `info` is loaded: the tagger if there is one, since its types are shown. */
  shownModel(info: ModelInfo): ModelInfo {
    return info.task === defaultTask ? info : (this.status.model ?? info);
  }

  set(status: EngineStatus): void {
    const before = this.status;
    this.status = status;
    const same =
      before.state === status.state &&
      before.memoryBytes === status.memoryBytes &&
      before.model === status.model &&
      before.isFallback === status.isFallback &&
      before.error === status.error;
    if (!same) for (const listener of [...this.listeners]) listener(status);
  }

  listen(listener: (status: EngineStatus) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  clear(): void {
    this.listeners.clear();
  }
}
