import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Command } from 'commander';
import { accountName } from '../../runtime/accountName';
import { byTask, taskTable } from '../../protocol/tasks';
import { createChildEngine } from '../../runtime/process/childEngine';
import { IndexClient } from '../../runtime/index/indexClient';
import { ScreeningClient } from '../../runtime/screening/screeningClient';
import { nullLogger } from '../../runtime/log';
import { readThreads } from '../engineOptions';
import { exitCodes } from '../exitCodes';
import { type Interrupt, withInterrupt } from '../interrupt';
import type { SetExitCode } from '../runProgram';
import { readVersion } from '../version';
import { FolderFiles } from './folderFiles';
import { LocalFolder } from './localFolder';
import { createMcpServer } from './mcpServer';

/** The parsed options of `biobert mcp`. */
interface McpCommandOptions {
  readonly threads: number;
  /** Default: a file in the user's cache folder for each folder. */
  readonly index?: string;
  readonly reviewer?: string;
  readonly exclude?: readonly string[];
}

/** Adds the command `biobert mcp`. @param models The folder of the models that ship. */
export function addMcpCommand(program: Command, setExitCode: SetExitCode, models: string): void {
  program
    .command('mcp')
    .summary('Serve a folder to assistants by the Model Context Protocol.')
    .description(
      'Serves five tools on standard input and output by the Model Context Protocol: find entities, find relations, ask the folder, list evidence, next record to screen. They read the documents of one folder, change nothing, and send nothing over the network. What an assistant does with the sentences is up to the assistant.',
    )
    .argument('[folder]', 'The folder with papers and notes. Default: the current folder.', '.')
    .option('--threads <number>', 'Threads of the models; 0: half the cores, at most 4.', readThreads, 0)
    .option(
      '--index <file>',
      'Where the index of the folder is kept. (default: in the cache folder of the user)',
    )
    .option(
      '--reviewer <name>',
      'The reviewer whose next record is given. (default: the name of the account)',
    )
    .option(
      '--exclude <pattern...>',
      'Documents that are left out, beside those of biobert.exclude in .vscode/settings.json.',
    )
    .addHelpText('after', help)
    .action(async (folder: string, options: McpCommandOptions) => {
      setExitCode(await withInterrupt((interrupt) => serve(folder, options, { models, interrupt })));
    });
}

const help = `
Nothing is read before a tool is called. The first call of a large folder returns before all of it is read, and says so.

Configuration of clients that take a command:
  {"mcpServers": {"biobert": {"command": "biobert", "args": ["mcp", "/path/to/folder"]}}}

Exit codes: 0 the client has closed the connection; 1 failed; 2 wrong use; 130 interrupted.`;

interface ServeParts {
  readonly models: string;
  readonly interrupt: Interrupt;
}

async function serve(
  given: string,
  options: McpCommandOptions,
  { models, interrupt }: ServeParts,
): Promise<number> {
  const files = await FolderFiles.open(given, options.exclude);
  const version = readVersion();
  const engine = createChildEngine({
    childPath: path.join(__dirname, 'child.js'),
    modelPaths: byTask((task) => path.join(models, taskTable[task].folder)),
    terminologyPath: path.join(models, 'terminology'),
    threads: options.threads,
    log: nullLogger,
  });
  const client = new IndexClient(
    path.join(__dirname, 'indexWorker.js'),
    options.index ?? defaultIndex(files.folder),
  );
  const screening = new ScreeningClient({ workerPath: path.join(__dirname, 'screeningWorker.js') });
  const reviewer = options.reviewer ?? accountName();
  const folder = new LocalFolder({ files, client, engine, version, reviewer, screening });
  try {
    await served(folder, version, interrupt.signal);
    return interrupt.exitCode ?? exitCodes.ok;
  } finally {
    await folder.dispose();
    screening.dispose();
    await client.stop();
    await engine.dispose();
  }
}

/** Serves until the client closes the connection, or the signal aborts. */
function served(folder: LocalFolder, version: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const handle = serveStdio(() => createMcpServer(folder, version));
    process.stdin.once('close', resolve);
    process.stdin.once('end', resolve);
    const stop = (): void => void handle.close().then(resolve, reject);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** The index of a folder in the cache folder of the user: it can be deleted, and is built again. */
function defaultIndex(folder: string): string {
  const name = `${path.basename(folder)}-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  return path.join(cacheFolder(), 'biobert', `${name}.sqlite`);
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (process.platform === 'win32' && local !== undefined) return local;
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  return xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.cache');
}
