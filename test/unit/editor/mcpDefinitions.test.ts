import { afterEach, describe, expect, it, vi } from 'vitest';
import { registerMcpServer } from '../../../src/editor/mcpDefinitions';
import { EventEmitter, Uri, workspace } from './vscode';

interface Provider {
  onDidChangeMcpServerDefinitions(listener: () => void): { dispose(): void };
  provideMcpServerDefinitions(): readonly { readonly parts: readonly unknown[] }[];
}

const registered = vi.hoisted(() => [] as Provider[]);
vi.mock('vscode', async (original) => ({
  ...(await original<object>()),
  McpStdioServerDefinition: class {
    readonly parts: readonly unknown[];
    constructor(...parts: readonly unknown[]) {
      this.parts = parts;
    }
  },
  lm: {
    registerMcpServerDefinitionProvider: (_id: string, provider: Provider) => {
      registered.push(provider);
      return { dispose: () => registered.pop() };
    },
  },
}));

const changed = new EventEmitter<{ affects: (name: string) => boolean }>();
const values: Record<string, unknown> = {};

function register(): Provider {
  const context = {
    asAbsolutePath: (file: string) => `/extension/${file}`,
    extension: { packageJSON: { version: '1.2.3' } },
  };
  const settings = { read: (name: string) => values[name], onDidChange: changed.event };
  registerMcpServer({ context, settings } as never);
  const [provider] = registered;
  if (!provider) throw new Error('no provider');
  return provider;
}

afterEach(() => {
  registered.length = 0;
  workspace.workspaceFolders = undefined;
});

describe('registerMcpServer', () => {
  it('offers a server for each folder of this machine, without what the user leaves out', () => {
    Object.assign(values, { 'assistants.server': true, exclude: ['draft.md', ' ', 'notes'] });
    Object.assign(workspace, {
      workspaceFolders: [
        { name: 'review', uri: Uri.parse('file:///home/anna/review') },
        { name: 'remote', uri: Uri.parse('vscode-vfs://github/a/b') },
      ],
    });
    const offered = register().provideMcpServerDefinitions();
    expect(offered.map(({ parts }) => parts)).toEqual([
      [
        'BioBERT: review',
        process.execPath,
        ['/extension/dist/cli.js', 'mcp', '/home/anna/review', '--exclude', 'draft.md', 'notes'],
        { ELECTRON_RUN_AS_NODE: '1' },
        '1.2.3',
      ],
    ]);
  });

  it('offers nothing unless the setting says so', () => {
    Object.assign(values, { 'assistants.server': false, exclude: [] });
    expect(register().provideMcpServerDefinitions()).toEqual([]);
  });

  it('offers them anew when a setting that matters changes', () => {
    const provider = register();
    let count = 0;
    provider.onDidChangeMcpServerDefinitions(() => count++);
    for (const name of ['assistants.server', 'exclude', 'hover.enabled'])
      changed.fire({ affects: (asked) => asked === name });
    expect(count).toBe(2);
  });
});
