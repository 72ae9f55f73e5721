import { describe, expect, it, vi } from 'vitest';
import * as vscode from 'vscode';
import { type FollowedModel, ScopeFollower } from '../../../../src/editor/panel/scopeFollower';
import type { PanelScope } from '../../../../src/protocol/panel';

function setUp(scope: PanelScope = 'document') {
  const calls: string[] = [];
  const reviewChanged = new vscode.EventEmitter<void>();
  const model = {
    scope,
    relations: {
      follow: (to: string) => void calls.push(`relations ${to}`),
      unfollow: () => void calls.push('relations off'),
    },
    folder: {
      follow: ({ isIncludedOnly = false } = {}) => void calls.push(isIncludedOnly ? 'included' : 'folder'),
      unfollow: () => void calls.push('folder off'),
      followReview: () => Promise.resolve(),
    },
    review: { onDidChange: reviewChanged.event },
    showFailure: () => undefined,
  };
  return { calls, model, reviewChanged, follower: new ScopeFollower(model satisfies FollowedModel) };
}

describe('ScopeFollower', () => {
  it('follows while at least one page shows the relations', () => {
    const { follower, calls } = setUp();
    const panel = follower.add();
    const graph = follower.add();
    expect(calls).toEqual(['folder off', 'relations document']);
    panel.dispose();
    panel.dispose();
    expect(calls).toHaveLength(2);
    graph.dispose();
    expect(calls.slice(2)).toEqual(['relations off', 'folder off']);
  });

  it('follows another scope for all pages', () => {
    const { follower, calls, model } = setUp();
    const changed = vi.fn();
    follower.onDidChange(changed);
    follower.add();
    follower.choose('folder');
    expect(model.scope).toBe('folder');
    expect(calls.slice(2)).toEqual(['relations off', 'folder']);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('follows the scope that remains when that of a review is gone', () => {
    const { follower, calls, model, reviewChanged } = setUp('included');
    follower.add();
    model.scope = 'folder';
    reviewChanged.fire();
    expect(calls.at(-1)).toBe('folder');
  });
});
