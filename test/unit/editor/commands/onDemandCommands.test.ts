import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onDemandCommandIds } from '../../../../src/editor/commandIds';
import { register } from '../../../../src/editor/commands/onDemandCommands';
import type { CommandParts } from '../../../../src/editor/commands/parts';
import { loadBundle } from '../../../../src/editor/loadBundle';
import { commands, languages, reset, window, workspace } from '../vscode';

const registered = new Map<string, (...args: readonly unknown[]) => Promise<void>>();
const disposable = { dispose: (): void => undefined };
const shown = vi.fn();

/** A bundle that notes how often its commands were created, and what was called. */
const bundle = `
  const calls = [];
  exports.calls = calls;
  exports.createCommands = (parts) => {
    calls.push('created for ' + parts.context.name);
    return { run: async (id, args) => { calls.push([id, ...args]); } };
  };`;

describe('the commands that are loaded on demand', () => {
  let folder: string;
  const file = (): string => path.join(folder, 'dist', 'onDemand.js');

  beforeEach(() => {
    reset();
    registered.clear();
    shown.mockReset();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-on-demand-'));
    fs.mkdirSync(path.dirname(file()));
    Object.assign(commands, {
      registerCommand: (id: string, handle: (...args: readonly unknown[]) => Promise<void>) => {
        registered.set(id, handle);
        return disposable;
      },
    });
    Object.assign(languages, { registerDocumentLinkProvider: () => disposable });
    Object.assign(workspace, {
      registerTextDocumentContentProvider: () => disposable,
      onDidCloseTextDocument: () => disposable,
    });
    Object.assign(window, { showErrorMessage: shown });
    const context = { name: 'a window', asAbsolutePath: (relative: string) => path.join(folder, relative) };
    const log = { error: vi.fn(), show: vi.fn() };
    register({ context, log } as unknown as CommandParts);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('are registered without their bundle', () => {
    expect([...registered.keys()].sort()).toEqual(Object.values(onDemandCommandIds).sort());
  });

  it('are created by the first call, and get its arguments', async () => {
    fs.writeFileSync(file(), bundle);
    await registered.get('biobert.selectModel')?.('token-classification');
    await registered.get('biobert.exportFolder')?.();
    const { calls } = loadBundle(file()) as { readonly calls: readonly unknown[] };
    expect(calls).toEqual([
      'created for a window',
      ['biobert.selectModel', 'token-classification'],
      ['biobert.exportFolder'],
    ]);
  });

  it('say that their bundle is missing', async () => {
    await registered.get('biobert.reportIssue')?.();
    expect(shown.mock.lastCall?.[0]).toMatch(/cannot be loaded: onDemand\.js\. Reinstall BioBERT\./);
  });
});
