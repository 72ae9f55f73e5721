import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../../../media/panel/listOptions';
import type { SavedState } from '../../../../media/panel/savedState';
import { StateStore } from '../../../../media/panel/stateStore';

const saved: SavedState = {
  session: 'one',
  question: 'What inhibits EGFR?',
  asked: 'What inhibits EGFR?',
  result: undefined,
  options: defaultOptions,
  evidence: { withUnpinned: true },
  tab: 'graph',
};

function open(stored: unknown) {
  const { session, ...views } = { ...saved };
  const page = { stored, views };
  const storage = { getState: () => page.stored, setState: (state: unknown) => (page.stored = state) };
  return { page, store: new StateStore(storage, session, () => page.views) };
}

describe('StateStore', () => {
  it('restores the saved state', () => {
    const { store } = open(saved);
    let shown: SavedState | undefined;
    store.restore((state) => (shown = state));
    expect(shown).toEqual(saved);
  });

  it('saves what the views show now', () => {
    const { page, store } = open(undefined);
    store.restore(() => undefined);
    page.views = { ...page.views, tab: 'evidence' };
    store.save();
    expect(page.stored).toEqual({ ...saved, tab: 'evidence' });
  });

  it('saves nothing until the views have been restored', () => {
    const { page, store } = open(saved);
    page.views = { ...page.views, tab: 'relations' };
    store.save();
    store.restore(() => store.save());
    expect(page.stored).toEqual(saved);
  });
});
