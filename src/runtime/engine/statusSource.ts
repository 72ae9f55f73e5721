import type { EngineStatus } from '../../protocol/engine';

/** Holds the status and tells who listens when it changes. */
export class StatusSource {
  private status: EngineStatus = { state: 'idle' };
  private readonly listeners = new Set<(status: EngineStatus) => void>();

  get current(): EngineStatus {
    return this.status;
  }

  set(status: EngineStatus): void {
    const before = this.status;
    this.status = status;
    const same =
      before.state === status.state &&
      before.memoryBytes === status.memoryBytes &&
      before.model === status.model &&
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
