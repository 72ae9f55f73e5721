import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BioBertError, CancelledError, errorCodes } from '../../../src/core/errors';
import { registerAssistantTools } from '../../../src/editor/assistantLoader';
import { assistantToolNames } from '../../../src/protocol/assistantTools';
import { nullLogger } from '../../../src/runtime/log';
import { CancellationTokenSource } from './vscode';

/** The tool as the loader registers it. */
interface Tool {
  prepareInvocation(): {
    readonly invocationMessage: string;
    readonly confirmationMessages: { readonly message: string };
  };
  invoke(
    options: { readonly input: object },
    token: CancellationTokenSource['token'],
  ): Promise<{ readonly content: readonly [{ readonly value: string }] }>;
}

type Run = (name: string, input: object, signal: AbortSignal) => Promise<object>;

const registered = vi.hoisted(() => new Map<string, Tool>());
vi.mock('vscode', async (original) => ({
  ...(await original<object>()),
  CancellationError: class extends Error {},
  LanguageModelTextPart: class {
    constructor(readonly value: string) {}
  },
  LanguageModelToolResult: class {
    constructor(readonly content: readonly object[]) {}
  },
  lm: {
    registerTool: (name: string, tool: Tool) => {
      registered.set(name, tool);
      return { dispose: () => registered.delete(name) };
    },
  },
}));

let extensionPath: string;
let loader: { dispose(): void };
const bundle: { run: Run; disposed: number } = { run: () => Promise.resolve({}), disposed: 0 };

/** Registers the tools of a bundle that hands its calls to `run`. */
function register(run: Run, exists = true): void {
  Object.assign(bundle, { run, disposed: 0 });
  loader = registerAssistantTools({
    context: { extensionPath, asAbsolutePath: (file: string) => path.join(extensionPath, file) },
    client: { exists },
    log: nullLogger,
  } as never);
}

function toolNamed(name: string): Tool {
  const tool = registered.get(name);
  if (!tool) throw new Error(`no tool ${name}`);
  return tool;
}

const ask = (token = new CancellationTokenSource().token) =>
  toolNamed('biobert_ask').invoke({ input: { question: 'Why?' } }, token);

beforeEach(() => {
  extensionPath = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-assistant-'));
  fs.mkdirSync(path.join(extensionPath, 'dist'));
  Object.assign(globalThis, { assistantBundle: bundle });
  const code = `exports.createTools = () => ({
    run: (...call) => globalThis.assistantBundle.run(...call),
    dispose: () => globalThis.assistantBundle.disposed++,
  });`;
  fs.writeFileSync(path.join(extensionPath, 'dist/assistant.js'), code);
});
afterEach(() => {
  loader.dispose();
  fs.rmSync(extensionPath, { recursive: true });
});

describe('registerAssistantTools', () => {
  it('registers each tool, and asks before the sentences go to a language model', () => {
    register(() => Promise.resolve({}));
    expect([...registered.keys()]).toEqual(assistantToolNames);
    const sent = 'The sentences that are found go to the language model of this chat';
    for (const tool of registered.values()) {
      const { invocationMessage, confirmationMessages } = tool.prepareInvocation();
      expect(invocationMessage).not.toBe('');
      expect(confirmationMessages.message.startsWith(sent)).toBe(true);
    }
  });

  it('says that a folder without an index is read first', () => {
    register(() => Promise.resolve({}), false);
    const { message } = toolNamed('biobert_ask').prepareInvocation().confirmationMessages;
    expect(message).toMatch(/^BioBERT reads the folder first, on this machine\./);
  });

  it('loads the bundle at the first call, and disposes of it', async () => {
    const calls: unknown[] = [];
    register((name, input) => {
      calls.push([name, input]);
      return Promise.resolve({ answers: [] });
    });
    loader.dispose();
    expect(bundle.disposed).toBe(0);
    register(bundle.run);
    expect((await ask()).content[0].value).toBe('{"answers":[]}');
    expect(calls).toEqual([['biobert_ask', { question: 'Why?' }]]);
    loader.dispose();
    expect(bundle.disposed).toBe(1);
    expect(registered.size).toBe(0);
  });

  it('ends a call whose chat is cancelled', async () => {
    register(
      (_name, _input, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new CancelledError()));
        }),
    );
    const source = new CancellationTokenSource();
    const call = ask(source.token);
    source.cancel();
    const { CancellationError } = await import('vscode');
    await expect(call).rejects.toBeInstanceOf(CancellationError);
  });

  it('tells the language model what is wrong and what to do', async () => {
    const error = new BioBertError(errorCodes.ARGUMENT_INVALID, 'The folder has no review.', 'Start one.');
    register(() => Promise.reject(error));
    await expect(ask()).rejects.toThrow(error.userMessage);
  });
});
