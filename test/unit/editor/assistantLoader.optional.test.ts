import { afterEach, describe, expect, it, vi } from 'vitest';
import { assistantToolNames } from '../../../src/protocol/assistantTools';

const disposable = { dispose: () => undefined };

/** Loads the two users of `vscode.lm` in an editor that has this much of it. */
async function inEditorWith(api: Readonly<Record<string, unknown>>) {
  vi.resetModules();
  const missing = { lm: undefined, McpStdioServerDefinition: undefined };
  vi.doMock('vscode', async (original) => ({ ...(await original<object>()), ...missing, ...api }));
  const { registerAssistantTools } = await import('../../../src/editor/assistantLoader');
  const { registerMcpServer } = await import('../../../src/editor/mcpDefinitions');
  const settings = { onDidChange: () => disposable };
  const parts = { context: { extensionPath: '/' }, settings, client: { exists: false } };
  return () => {
    registerAssistantTools(parts as never).dispose();
    registerMcpServer(parts as never).dispose();
  };
}

describe('the parts of the API for assistants', () => {
  afterEach(() => {
    vi.doUnmock('vscode');
  });

  it.each([
    ['no language models', {}],
    ['language models without tools', { lm: {} }],
    ['tools without servers', { lm: { registerTool: () => disposable } }],
  ])('may be missing in an editor with %s', async (_editor, api) => {
    const register = await inEditorWith(api);
    expect(register).not.toThrow();
  });

  it('are used where they are there', async () => {
    const used: string[] = [];
    const use = (name: string) => (used.push(name), disposable);
    const lm = { registerTool: use, registerMcpServerDefinitionProvider: use };
    const register = await inEditorWith({ lm, McpStdioServerDefinition: Object });
    register();
    expect(used).toEqual([...assistantToolNames, 'biobert.folder']);
  });
});
