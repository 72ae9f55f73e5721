/** Anything that must be let go of: VS Code's disposables and ours. */
export interface DisposableLike {
  dispose(): unknown;
}

/** Disposes each, even when one throws. @throws {AggregateError} with everything that was thrown. */
export function disposeAll(disposables: Iterable<DisposableLike>): void {
  const errors: unknown[] = [];
  for (const disposable of disposables) {
    try {
      disposable.dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Some parts could not be disposed of.');
}

/** Owns what it creates: everything registered goes when it goes. */
export abstract class Disposable implements DisposableLike {
  private readonly owned: DisposableLike[] = [];
  private disposed = false;

  protected get isDisposed(): boolean {
    return this.disposed;
  }

  /** Last registered, first disposed. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    disposeAll(this.owned.splice(0).reverse());
  }

  /** Registering after disposal disposes at once, so that late answers of asynchronous work leave nothing behind. */
  protected _register<T extends DisposableLike>(part: T): T {
    if (this.disposed) part.dispose();
    else this.owned.push(part);
    return part;
  }
}
