import { readSavedState, type SavedState } from './savedState';

/** The storage of the page in VS Code, as `acquireVsCodeApi` gives it. */
export interface PageStorage {
  getState(): unknown;
  setState(state: unknown): unknown;
}

/** Saves the state of the views, and restores it after the page was hidden or loaded again. */
export class StateStore {
  private isRestored = false;

  /**
   * @param session Id of the host's session.
   * @param current Collects what the views show now.
   */
  constructor(
    private readonly storage: PageStorage,
    private readonly session: string,
    private readonly current: () => Omit<SavedState, 'session'>,
  ) {}

  restore(show: (saved: SavedState) => void): void {
    show(readSavedState(this.storage.getState(), this.session));
    this.isRestored = true;
  }

  /** Saves the current state. Views that are being built would replace the saved state by their defaults. */
  save(): void {
    if (this.isRestored) this.storage.setState({ session: this.session, ...this.current() });
  }
}
