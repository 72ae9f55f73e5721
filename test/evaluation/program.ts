import { Command } from 'commander';
import { runProgram, type SetExitCode } from '../../src/cli/runProgram';
import { duplicatesCommand } from './duplicatesCommand';
import { entitiesCommand, phenomenaCommand, repeatsCommand } from './entitiesCommand';
import { candidatesCommand, linkingCommand } from './linkingCommand';
import { questionsCommand } from './questionsCommand';
import { relationsCommand, statementsCommand, thresholdsCommand } from './relationsCommand';
import { screeningCommand } from './screeningCommand';
import { verdictsCommand } from './verdictsCommand';

/** Runs `npm run accuracy`. @returns the exit code. Never rejects. */
export function main(args: readonly string[]): Promise<number> {
  return runProgram(currentForm(args), createProgram);
}

function createProgram(finish: SetExitCode): Command {
  const program = new Command('accuracy').description(
    'Measures the models that ship, or others, on annotated corpora: text in, results out, through the product.',
  );
  const commands = [
    entitiesCommand,
    repeatsCommand,
    phenomenaCommand,
    linkingCommand,
    candidatesCommand,
    relationsCommand,
    statementsCommand,
    thresholdsCommand,
    questionsCommand,
    verdictsCommand,
    duplicatesCommand,
    screeningCommand,
  ];
  for (const create of commands) {
    const command = create(finish);
    program.addCommand(command, { isDefault: command.name() === 'entities' });
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      outputError: (message, write) => write(`accuracy: ${message.replace(/^error: /, '')}`),
    });
  }
  return program;
}

/**
 * Translates the options of earlier versions, which had no subcommands: `--phenomena`, `--repeats`,
 * `--relations FOLDER`, `--statements`.
 */
export function currentForm(args: readonly string[]): readonly string[] {
  const without = (name: string) => args.filter((arg) => arg !== name);
  if (args.includes('--phenomena')) return ['phenomena', ...without('--phenomena')];
  if (args.includes('--repeats')) return ['repeats', ...without('--repeats')];
  const at = args.indexOf('--relations');
  if (at < 0) return args;
  const rest = [...args.slice(0, at), ...args.slice(at + 2)].map((arg) =>
    arg === '--model' || arg === '-m' ? '--tagger' : arg,
  );
  const subcommand = rest.includes('--statements') ? 'statements' : 'relations';
  const options = rest.filter((arg) => arg !== '--statements');
  return [subcommand, '--model', args[at + 1] ?? '', ...options];
}
