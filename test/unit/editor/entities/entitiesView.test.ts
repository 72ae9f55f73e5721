import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EntitiesView, type EntitiesViewParts } from '../../../../src/editor/entities/entitiesView';
import { EventEmitter, reset, window } from '../vscode';

const visibility = new EventEmitter<{ readonly visible: boolean }>();
const tree = { visible: false, description: '', message: undefined, onDidChangeVisibility: visibility.event };

function show(): void {
  tree.visible = true;
  visibility.fire({ visible: true });
}

/** A view whose source restores the index when the test says so. */
function open() {
  const keys = new Map<string, unknown>();
  let endRestoring = (): void => undefined;
  const restored = new Promise<void>((resolve) => {
    endRestoring = resolve;
  });
  const parts = {
    source: {
      onDidChange: new EventEmitter<undefined>().event,
      all: () => [],
      restore: () => restored,
    },
    contextKeys: { set: (key: string, value: unknown) => keys.set(key, value) },
    memory: { get: (_key: string, value: unknown) => value },
    maxBytes: () => 1e6,
    log: { error: vi.fn(), warn: vi.fn() },
  };
  const view = new EntitiesView(parts as unknown as EntitiesViewParts);
  return { view, keys, endRestoring };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the entities view', () => {
  beforeEach(() => {
    reset();
    tree.visible = false;
    Object.assign(window, {
      createTreeView: () => ({
        ...tree,
        get visible() {
          return tree.visible;
        },
        dispose: () => undefined,
      }),
    });
    Object.assign(window.tabGroups, { all: [], onDidChangeTabs: new EventEmitter<unknown>().event });
  });

  it('is not called empty before the index has been read', async () => {
    const { view, keys, endRestoring } = open();
    show();
    await settled();
    expect(keys.get('biobert.indexRead')).toBeUndefined();
    endRestoring();
    await settled();
    expect(keys.get('biobert.indexRead')).toBe(true);
    view.dispose();
  });
});
