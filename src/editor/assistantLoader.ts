/**
 * Registers the tools that assistants call in a chat. Their code is a bundle of its own, which is loaded when the first of them
 * is called.
 */
import * as vscode from 'vscode';
import { BioBertError, isCancelled } from '../core/errors';
import { assistantToolNames, type AssistantToolName } from '../protocol/assistantTools';
import type { IndexClient } from '../runtime/index/indexClient';
import type { CommandParts } from './commands/parts';
import { toSignal } from './convert';
import type { DisposableLike } from './dispose';
import { bundlePath, loadBundle } from './loadBundle';
import { describeError } from './log';

export interface AssistantParts extends CommandParts {
  readonly client: Pick<IndexClient, 'request' | 'exists'>;
}

/** The tools of the open folders. */
export interface FolderTools extends DisposableLike {
  /**
   * Runs a tool.
   *
   * @param input As a language model wrote it.
   * @returns plain data.
   */
  run(name: AssistantToolName, input: unknown, signal: AbortSignal): Promise<object>;
}

/** The exports of `dist/assistant.js`. */
export interface AssistantBundle {
  createTools(parts: AssistantParts): FolderTools;
}

/** Does nothing in an editor without such tools. VS Code has them since version 1.95, but not every editor that builds on it. */
export function registerAssistantTools(parts: AssistantParts): vscode.Disposable {
  const { lm } = vscode as { readonly lm?: Partial<Pick<typeof vscode.lm, 'registerTool'>> };
  if (!lm?.registerTool) return new vscode.Disposable(() => undefined);
  let tools: FolderTools | undefined;
  const load = (): FolderTools => {
    const bundle = loadBundle(bundlePath(parts.context, 'assistant')) as AssistantBundle;
    return (tools ??= bundle.createTools(parts));
  };
  return vscode.Disposable.from(
    { dispose: () => void tools?.dispose() },
    ...assistantToolNames.map((name) =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: () => prepared(name, parts.client.exists),
        invoke: async ({ input }, token) => result(await run(load, name, input, token, parts)),
      }),
    ),
  );
}

/** The words of a call while it waits and runs. The user can allow a tool for good, which VS Code offers. */
function prepared(name: AssistantToolName, isIndexed: boolean): vscode.PreparedToolInvocation {
  const reading = isIndexed
    ? ''
    : vscode.l10n.t(
        'BioBERT reads the folder first, on this machine. In a large folder that takes a while. ',
      );
  const sent = vscode.l10n.t(
    'The sentences that are found go to the language model of this chat, with the names of their documents.',
  );
  return {
    invocationMessage: invocationMessages[name](),
    confirmationMessages: {
      title: vscode.l10n.t('Search the open folder with BioBERT?'),
      message: reading + sent,
    },
  };
}

const invocationMessages: Readonly<Record<AssistantToolName, () => string>> = {
  biobert_find_entities: () => vscode.l10n.t('Finding genes, diseases and chemicals in the folder'),
  biobert_find_relations: () => vscode.l10n.t('Finding relations in the folder'),
  biobert_ask: () => vscode.l10n.t('Asking the folder'),
  biobert_list_evidence: () => vscode.l10n.t('Listing the evidence'),
  biobert_next_record: () => vscode.l10n.t('Looking for the next record to screen'),
};

/** @throws {Error} with what a language model can do about it, which the chat passes on. */
async function run(
  load: () => FolderTools,
  name: AssistantToolName,
  input: object,
  token: vscode.CancellationToken,
  { log }: Pick<AssistantParts, 'log'>,
): Promise<object> {
  try {
    return await load().run(name, input, toSignal(token));
  } catch (error) {
    if (isCancelled(error)) throw new vscode.CancellationError();
    log.warn(`Tool ${name}: ${describeError(error)}`);
    throw error instanceof BioBertError ? new Error(error.userMessage, { cause: error }) : error;
  }
}

function result(data: object): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(data))]);
}
