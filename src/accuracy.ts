import { main } from './cli/accuracy/program';
import { measureQuestions } from './cli/accuracy/questions/program';
import { bearClosedOutput } from './cli/closedOutput';

process.env['ORT_DISABLE_TELEMETRY'] = '1';

const [task, ...rest] = process.argv.slice(2);

bearClosedOutput();
void (task === 'questions' ? measureQuestions(rest) : main(process.argv.slice(2))).then((exitCode) => {
  process.exitCode = exitCode;
});
