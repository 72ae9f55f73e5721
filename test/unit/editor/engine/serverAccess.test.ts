import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { errorCodes } from '../../../../src/core/errors';
import { ServerAccess } from '../../../../src/editor/engine/serverAccess';
import { Settings } from '../../../../src/editor/settings';
import { useManifestDefaults } from '../support';
import { EventEmitter, reset, set, window, workspace } from '../vscode';

const url = 'https://models.example.org:8000/here';
const host = 'models.example.org:8000';
const loud = { isQuiet: false };

/** Stores state and secrets as VS Code does. */
function memory() {
  const state = new Map<string, unknown>();
  const secrets = new Map<string, string>();
  const changed = new EventEmitter<{ key: string }>();
  const context = {
    globalState: {
      get: (key: string, fallback: unknown) => state.get(key) ?? fallback,
      update: (key: string, value: unknown) => Promise.resolve(void state.set(key, value)),
    },
    secrets: {
      get: (key: string) => Promise.resolve(secrets.get(key)),
      store: (key: string, value: string) => {
        secrets.set(key, value);
        changed.fire({ key });
        return Promise.resolve();
      },
      delete: (key: string) => Promise.resolve(void secrets.delete(key)),
      onDidChange: changed.event,
    },
  } as unknown as Pick<vscode.ExtensionContext, 'globalState' | 'secrets'>;
  return { context, secrets };
}

let kept = memory();
let access: ServerAccess;
const question = vi.spyOn(window, 'showQuickPick');
const answer = (label: string) => (window.picked = label);

useManifestDefaults();
beforeEach(() => {
  kept = memory();
  access = new ServerAccess(kept.context, new Settings());
  question.mockClear();
});
afterEach(() => {
  access.dispose();
  reset();
});

describe('the text of documents', () => {
  it('stays on this computer unless a server is set', async () => {
    await access.allow(loud);
    expect(access.current).toBeUndefined();
    expect(question).not.toHaveBeenCalled();
  });

  it('is sent to the server once the user agrees, who is asked only once', async () => {
    answer('Send Text');
    set('biobert.engine.url', url);
    expect(access.current).toBeUndefined();
    await Promise.all([access.allow(loud), access.allow(loud)]);
    expect(access.current).toEqual({ url, token: undefined });
    expect(access.host).toBe(host);
    const later = new ServerAccess(kept.context, new Settings());
    await later.allow(loud);
    expect(later.host).toBe(host);
    expect(question).toHaveBeenCalledTimes(1);
    const title = expect.stringContaining(host) as string;
    expect(question).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ title }));
  });

  it('is sent without encryption only after a warning, also if the user agreed before there was one', async () => {
    const plain = 'http://gpu.example.org:8000';
    await kept.context.globalState.update('biobert.allowedServers', [plain]);
    set('biobert.engine.url', plain);
    expect(access.current).toBeUndefined();
    answer('Send Text Without Encryption');
    await access.allow(loud);
    expect(access.current).toEqual({ url: plain, token: undefined });
    const [items] = question.mock.calls[0] ?? [];
    expect(JSON.stringify(items)).toContain('Warning: others on the network can read it.');
    await access.allow(loud);
    expect(question).toHaveBeenCalledTimes(1);
  });

  it('is sent to a server on this computer without that warning', async () => {
    set('biobert.engine.url', 'http://localhost:8000');
    answer('Send Text');
    await access.allow(loud);
    expect(access.host).toBe('localhost:8000');
  });

  it('is not sent if the question is closed, and this window does not ask again', async () => {
    set('biobert.engine.url', url);
    const refused = { code: errorCodes.SERVER_NOT_ALLOWED };
    await expect(access.allow(loud)).rejects.toMatchObject(refused);
    await expect(access.allow(loud)).rejects.toMatchObject(refused);
    expect(access.current).toBeUndefined();
    expect(question).toHaveBeenCalledTimes(1);
  });

  it('stays on this computer if the user chooses so, and the setting is cleared', async () => {
    answer('Use This Computer');
    set('biobert.engine.url', url);
    await access.allow(loud);
    expect(workspace.getConfiguration('biobert').get('engine.url')).toBe('');
    expect(access.current).toBeUndefined();
  });

  it('is sent to another server only after another question', async () => {
    answer('Send Text');
    set('biobert.engine.url', url);
    await access.allow(loud);
    set('biobert.engine.url', 'https://elsewhere.example.org');
    expect(access.current).toBeUndefined();
    await access.allow(loud);
    expect(question).toHaveBeenCalledTimes(2);
  });

  it('is not sent for a hover before the user agrees, and no question is asked', async () => {
    set('biobert.engine.url', url);
    await expect(access.allow({ isQuiet: true })).rejects.toMatchObject({ name: 'CancelledError' });
    expect(question).not.toHaveBeenCalled();
  });

  it('stays on this computer in an untrusted workspace', async () => {
    answer('Send Text');
    set('biobert.engine.url', url);
    await access.allow(loud);
    workspace.isTrusted = false;
    expect(access.current).toBeUndefined();
    await access.allow(loud);
  });

  it.each(['models.example.org', 'ftp://a', 'https://name:word@host'])(
    'is not sent to the invalid address %s',
    async (address) => {
      set('biobert.engine.url', address);
      await expect(access.allow(loud)).rejects.toMatchObject({ code: errorCodes.ARGUMENT_INVALID });
      expect(access.current).toBeUndefined();
    },
  );
});

describe('the token', () => {
  it('is sent only to the server that it was given for', async () => {
    await access.keep({ url, token: 'secret' });
    expect(access.current).toEqual({ url, token: 'secret' });
    expect(question).not.toHaveBeenCalled();
    answer('Send Text');
    set('biobert.engine.url', 'https://elsewhere.example.org');
    await access.allow(loud);
    expect(access.current?.token).toBeUndefined();
  });

  it('is updated when it changes in another window', async () => {
    await access.keep({ url, token: 'old' });
    let changes = 0;
    access.onDidChange(() => changes++);
    await kept.context.secrets.store('biobert.engineToken:https://models.example.org:8000', 'new');
    await access.allow(loud);
    expect(access.current?.token).toBe('new');
    expect(changes).toBe(1);
  });

  it('is deleted by an empty one', async () => {
    await access.keep({ url, token: 'old' });
    await access.keep({ url, token: undefined });
    expect(access.current).toEqual({ url, token: undefined });
    expect(kept.secrets.size).toBe(0);
  });
});

it('reports say that a server is set, but not which one', () => {
  set('biobert.engine.url', url);
  expect(new Settings().nonDefault()).toEqual({ 'biobert.engine.url': '(set)' });
});
