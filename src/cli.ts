import { bearClosedOutput } from './cli/closedOutput';
import { main } from './cli/program';

// onnxruntime reads it when it is loaded, which the first use of the engine does.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

bearClosedOutput();
void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
