import { main } from './program';
import { measureQuestions } from './questions/program';
import { bearClosedOutput } from '../../src/cli/closedOutput';

process.env['ORT_DISABLE_TELEMETRY'] = '1';

const [task, ...rest] = process.argv.slice(2);

bearClosedOutput();
void (task === 'questions' ? measureQuestions(rest) : main(process.argv.slice(2))).then((exitCode) => {
  process.exitCode = exitCode;
});
