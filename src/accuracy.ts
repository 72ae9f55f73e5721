import { main } from './cli/accuracy/program';

process.env['ORT_DISABLE_TELEMETRY'] = '1';

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
