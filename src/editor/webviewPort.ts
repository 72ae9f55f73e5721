import type * as vscode from 'vscode';
import type { Port } from '../protocol/rpc';
import type { DisposableLike } from './dispose';

/** Creates the extension host's end of the connection to a webview. Each page of the view needs a new port. */
export function webviewPort(
  view: Pick<vscode.WebviewView | vscode.WebviewPanel, 'webview' | 'onDidDispose'>,
): Port & DisposableLike {
  const listeners: vscode.Disposable[] = [];
  return {
    postMessage: (message) => {
      // Resolves to false while the view is hidden. That can be ignored: the next page gets the whole state.
      void view.webview.postMessage(message);
    },
    onMessage: (listener) => {
      listeners.push(view.webview.onDidReceiveMessage(listener));
    },
    onClose: (listener) => {
      listeners.push(view.onDidDispose(listener));
    },
    dispose: () => {
      for (const each of listeners) each.dispose();
    },
  };
}
