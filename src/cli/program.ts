import * as path from 'node:path';
import { Command } from 'commander';
import { packageFolder } from '../runtime/packageFolder';
import { addAskCommand } from './askCommand';
import { addBenchCommand } from './modelSpeed/benchCommand';
import { addConvertCommand } from './convertCommand';
import { addDownloadCommand } from './downloadCommand';
import { addIndexCommand } from './indexCommand';
import { addMcpCommand } from './mcp/mcpCommand';
import { addMergeCommand } from './mergeCommand';
import { addSplitCommand } from './splitCommand';
import { closePapers } from './papers';
import { addRelationsCommand } from './relationsCommand';
import { runProgram, type SetExitCode } from './runProgram';
import { addTagCommand } from './tagCommand';
import { addTextCommand } from './textCommand';
import { readVersion } from './version';

/** Runs the command line. @returns the exit code. Never rejects. */
export function main(args: readonly string[]): Promise<number> {
  return runProgram(args, createProgram).finally(closePapers);
}

function createProgram(setExitCode: SetExitCode): Command {
  const program = new Command('biobert')
    .description('Finds genes, diseases and chemicals in biomedical text, on this machine.')
    .version(readVersion(), '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureOutput({
      outputError: (message, write) => write(`biobert: ${message.replace(/^error: /, '')}`),
    })
    .exitOverride();
  const models = path.join(packageFolder, 'models');
  addTagCommand(program, setExitCode, models);
  addRelationsCommand(program, setExitCode, models);
  addAskCommand(program, setExitCode, models);
  addIndexCommand(program, setExitCode, models);
  addMergeCommand(program, setExitCode);
  addSplitCommand(program, setExitCode);
  addTextCommand(program, setExitCode);
  addMcpCommand(program, setExitCode, models);
  addBenchCommand(program, setExitCode, models);
  addConvertCommand(program, setExitCode);
  addDownloadCommand(program, setExitCode);
  return program;
}
