import { type Command, CommanderError } from 'commander';
import { exitCodes } from './exitCodes';
import { errorLine } from './report';

export type SetExitCode = (code: number) => void;

/**
 * Runs a command line to its end.
 * @param create Makes the program; its commands report their exit codes to `setExitCode`.
 * @returns the exit code. Never rejects.
 */
export async function runProgram(
  args: readonly string[],
  create: (setExitCode: SetExitCode) => Command,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = create((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has written its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    process.stderr.write(errorLine(error));
    return exitCodes.failed;
  }
}
