import type { ChildProcess } from 'node:child_process';
import { connectionClosed, type Port } from '../../protocol/rpc';

/** The channel between a forked process and its parent, from either end. */
export function processPort(other: ChildProcess | NodeJS.Process): Port {
  return {
    postMessage: (message) => {
      if (!other.send || !other.connected) throw connectionClosed();
      // The callback takes the failure of a channel that closes under the message; the closing is told by itself.
      other.send(message as object, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void other.on('message', listener),
    onClose: (listener) => void other.once('disconnect', listener),
  };
}
