/**
 * Entry point of the page in the side panel. It shows what the host sends and asks the host to carry out the user's
 * actions.
 */
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
    // The localised strings have not arrived yet.
    if (root) root.textContent = error instanceof Error ? error.message : String(error);
  },
);
