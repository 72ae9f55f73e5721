import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../protocol/rpc';

/** The channel to a worker thread. */
export function workerPort(worker: Worker): Port {
  return {
    postMessage: (message) => {
      worker.postMessage(message);
    },
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onClose: (listener) => {
      worker.once('error', listener);
      worker.once('exit', listener);
    },
  };
}

/** The channel from a worker thread to the thread that started it. */
export function ownerPort(port: MessagePort): Port {
  return {
    postMessage: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', listener);
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
  };
}
