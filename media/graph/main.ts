/** Entry point of the page of the graph in an editor. It shows the relations that the host sends. */
import { startMethod } from '../../src/protocol/panelMessages';
import { Rpc } from '../../src/protocol/rpc';
import { pagePort } from '../panel/port';
import { GraphApp } from './graphApp';

const api = acquireVsCodeApi();
const rpc = new Rpc(pagePort(api));
const root = document.getElementById('graph');

rpc.request(startMethod, undefined).then(
  (start) => {
    if (root) new GraphApp({ root, rpc, api, start });
  },
  (error: unknown) => {
    // The localised strings have not arrived yet.
    if (root) root.textContent = error instanceof Error ? error.message : String(error);
  },
);
