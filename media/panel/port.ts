import type { Port } from '../../src/protocol/rpc';

/** The page's side of the connection. It closes with the page. */
export function pagePort(api: { postMessage(message: unknown): void }): Port {
  return {
    postMessage: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      addEventListener('message', (event) => {
        listener(event.data);
      });
    },
    onClose: () => undefined,
  };
}
