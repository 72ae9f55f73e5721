/** Anything that must be disposed of, such as a `vscode.Disposable`. */
export interface DisposableLike {
  dispose(): unknown;
}

/** Disposes all, even if one of them throws. @throws {AggregateError} with all errors. */
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

/** Base class that disposes registered objects together with itself. */
export abstract class Disposable implements DisposableLike {
  private readonly owned: DisposableLike[] = [];
  private disposed = false;

  protected get isDisposed(): boolean {
    return this.disposed;
  }

  /** Disposes the registered objects in reverse order of registration. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    disposeAll(this.owned.splice(0).reverse());
  }

  /** Registers an object. After disposal it is disposed at once, so that late results of asynchronous work do not leak. */
  protected _register<T extends DisposableLike>(part: T): T {
    if (this.disposed) part.dispose();
    else this.owned.push(part);
    return part;
  }
}
