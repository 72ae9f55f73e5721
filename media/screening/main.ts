/**
 * Entry point of the page of the screening view. It shows what the host sends and asks the host to carry out the
 * reviewer's decisions.
 */
import { Rpc } from '../../src/protocol/rpc';
import { startMethod } from '../../src/protocol/screeningMessages';
import { pagePort } from '../panel/port';
import { registerToolkit } from '../panel/toolkit';
import { ScreeningApp } from './screeningApp';

registerToolkit();
const api = acquireVsCodeApi();
const rpc = new Rpc(pagePort(api));
const root = document.getElementById('screening');

rpc.request(startMethod, undefined).then(
  (start) => {
    if (root) new ScreeningApp({ root, rpc, api, start });
  },
  (error: unknown) => {
    // The localised strings have not arrived yet.
    if (root) root.textContent = error instanceof Error ? error.message : String(error);
  },
);
