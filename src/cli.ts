import { bearClosedOutput } from './cli/closedOutput';
import { exitCodes } from './cli/exitCodes';
import { endWithSupervisor, isSupervised, reportEnd, supervise } from './cli/supervision';

// onnxruntime reads it when it is loaded, which the first use of the engine does.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

const args = process.argv.slice(2);

/** Help and the like end at once, and need no supervisor. */
const endsAtOnce =
  args.length === 0 || args.some((arg) => ['help', '-h', '--help', '-V', '--version'].includes(arg));

async function run(): Promise<number> {
  if (isSupervised()) return runSupervised();
  const exitCode = endsAtOnce ? undefined : await supervise(__filename, args);
  return exitCode ?? runCommand();
}

async function runSupervised(): Promise<number> {
  endWithSupervisor();
  const exitCode = await runCommand();
  const wasInterrupted = exitCode === exitCodes.interrupted || exitCode === exitCodes.terminated;
  if (wasInterrupted) await reportEnd(exitCode);
  return exitCode;
}

async function runCommand(): Promise<number> {
  bearClosedOutput();
  // The supervisor does not need the commands, so they are loaded here.
  const { main } = await import('./cli/program');
  return main(args);
}

void run().then((exitCode) => {
  process.exitCode = exitCode;
});
