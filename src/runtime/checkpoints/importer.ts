/** Entry of the process that converts a checkpoint. It keeps memory and parsers out of the extension host. */
import { toWireError } from '../../protocol/wireError';
import { convertCheckpoint } from './convert';
import { cancelMessage, type ImportMessage, isImportRequest } from './importMessages';

const progressMs = 100;

async function main(): Promise<void> {
  const request: unknown = JSON.parse(process.argv[2] ?? 'null');
  if (!isImportRequest(request)) throw new Error('The arguments of the import process are malformed.');
  const controller = new AbortController();
  process.on('message', (message) => {
    if (message === cancelMessage) controller.abort();
  });
  // Without a parent, the conversion is cancelled, which removes its partial output.
  process.once('disconnect', () => controller.abort());
  let last = 0;
  const onProgress = (share: number) => {
    if (Date.now() - last < progressMs) return;
    last = Date.now();
    send({ kind: 'progress', share });
  };
  try {
    const { folder, head, labels, bytes, warnings } = await convertCheckpoint({
      ...request,
      signal: controller.signal,
      onProgress,
    });
    send({ kind: 'done', imported: { folder, head, labels, bytes, warnings } });
  } catch (error) {
    send({ kind: 'failed', error: toWireError(error) });
  }
  if (process.connected) process.disconnect();
}

function send(message: ImportMessage): void {
  if (process.connected) process.send?.(message);
}

void main();
