/** The page of the side panel. Draws what the host tells it and asks the host to do what the reader wants. */
import { Rpc } from '../../src/protocol/rpc';
import { startMethod } from '../../src/protocol/panelMessages';
import { App } from './app';
import { pagePort } from './port';
import { registerToolkit } from './toolkit';

registerToolkit();
const api = acquireVsCodeApi();
const rpc = new Rpc(pagePort(api));
const root = document.getElementById('panel');

rpc.request(startMethod, undefined).then(
  (start) => {
    if (root) new App({ root, rpc, api, start });
  },
  (error: unknown) => {
    // Before the words are here.
    if (root) root.textContent = error instanceof Error ? error.message : String(error);
  },
);
