import { describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { SharedFilter } from '../../../../src/editor/panel/sharedFilter';
import type { Log } from '../../../../src/editor/log';

function setUp(stored: Record<string, unknown> = {}) {
  const memory = {
    get: (key: string) => stored[key],
    update: (key: string, value: unknown) => {
      stored[key] = value;
      return Promise.resolve();
    },
  };
  return new SharedFilter(memory as unknown as vscode.Memento, { warn: () => undefined } as unknown as Log);
}

describe('SharedFilter', () => {
  it('keeps the filter for the workspace and tells who has set it', () => {
    const filter = setUp();
    const changed = vi.fn();
    filter.onDidChange(changed);
    const page = {};
    expect(filter.current).toBeUndefined();
    filter.set('{"text":"a"}', page);
    filter.set('{"text":"a"}', {});
    expect(filter.current).toBe('{"text":"a"}');
    expect(changed.mock.calls).toEqual([[{ filter: '{"text":"a"}', by: page }]]);
  });

  it('ignores a stored value that is no text', () => {
    expect(setUp({ 'panel.filter': 3 }).current).toBeUndefined();
  });
});
