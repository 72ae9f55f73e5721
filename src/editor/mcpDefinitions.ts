/** Offers the server of `biobert mcp` to VS Code, for agents that use servers of the Model Context Protocol only. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { CommandParts } from './commands/parts';
import { excludePatterns } from './documents/leftOutFiles';
import { extensionVersion } from './version';

/** The identifier in `contributes.mcpServerDefinitionProviders`. */
const providerId = 'biobert.folder';

/**
 * The part of the API for servers of the Model Context Protocol that is used here. VS Code has it since version 1.101, and the
 * extension runs in older ones.
 */
interface McpApi {
  registerMcpServerDefinitionProvider(id: string, provider: McpProvider): vscode.Disposable;
}

interface McpProvider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  provideMcpServerDefinitions(): readonly object[];
}

type StdioDefinition = new (
  label: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  version: string,
) => object;

/** Does nothing in a VS Code without servers of the Model Context Protocol. */
export function registerMcpServer({
  context,
  settings,
}: Pick<CommandParts, 'context' | 'settings'>): vscode.Disposable {
  const { lm, McpStdioServerDefinition: Definition } = vscode as unknown as {
    readonly lm?: Partial<McpApi>;
    readonly McpStdioServerDefinition?: StdioDefinition;
  };
  if (!lm?.registerMcpServerDefinitionProvider || !Definition) return new vscode.Disposable(() => undefined);
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    settings.onDidChange(
      (change) => (change.affects('assistants.server') || change.affects('exclude')) && changed.fire(),
    ),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    lm.registerMcpServerDefinitionProvider(providerId, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () =>
        settings.read('assistants.server')
          ? localFolders().map((folder) => definition(Definition, folder, { context, settings }))
          : [],
    }),
  );
}

function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

function definition(
  Definition: StdioDefinition,
  { name, uri }: vscode.WorkspaceFolder,
  { context, settings }: Pick<CommandParts, 'context' | 'settings'>,
): object {
  const script = context.asAbsolutePath(path.join('dist', 'cli.js'));
  // The Node of VS Code runs the server, so that none has to be installed.
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  const patterns = excludePatterns(settings, { uri });
  const exclude = patterns.length > 0 ? ['--exclude', ...patterns] : [];
  const label = vscode.l10n.t('BioBERT: {0}', name);
  return new Definition(
    label,
    process.execPath,
    [script, 'mcp', uri.fsPath, ...exclude],
    env,
    extensionVersion(context),
  );
}
