import type { PageStorage } from '../panel/stateStore';
import { readSavedView, type SavedView } from './savedView';

/** Keeps the state of the page while it is hidden. */
export class ViewStore {
  private current: SavedView;

  constructor(private readonly storage: PageStorage) {
    this.current = readSavedView(storage.getState());
  }

  get value(): SavedView {
    return this.current;
  }

  update(change: Partial<SavedView>): void {
    this.current = { ...this.current, ...change };
    this.storage.setState(this.current);
  }
}
