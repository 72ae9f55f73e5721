import type { Port } from '../../src/protocol/rpc';

/** The page's end of the connection. It ends with the page. */
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
