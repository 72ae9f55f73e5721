import type * as vscode from 'vscode';
import type { Port } from '../../protocol/rpc';
import type { DisposableLike } from '../dispose';

/** The host's end of the connection to the page of a webview. One for each page that the view shows. */
export function webviewPort(view: vscode.WebviewView): Port & DisposableLike {
  const listening: vscode.Disposable[] = [];
  return {
    postMessage: (message) => {
      // False where the view is hidden: the next page is told everything anew.
      void view.webview.postMessage(message);
    },
    onMessage: (listener) => {
      listening.push(view.webview.onDidReceiveMessage(listener));
    },
    onClose: (listener) => {
      listening.push(view.onDidDispose(listener));
    },
    dispose: () => {
      for (const each of listening) each.dispose();
    },
  };
}
