import { bearClosedOutput } from '../../src/cli/closedOutput';
import { main } from './program';

process.env['ORT_DISABLE_TELEMETRY'] = '1';

bearClosedOutput();
void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
