import { errnoOf } from '../runtime/documents/fileErrors';

/**
 * Bears a reader that has gone (`| head`): what is still written is dropped, and the command ends as it would have.
 * Commands that write much notice it themselves and stop, see sink.ts.
 */
export function bearClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (errnoOf(error) !== 'EPIPE') throw error;
    });
  }
}
