import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { DisposableLike } from '../dispose';
import type { Logger } from '../log';
import { PaperFiles } from './paperFiles';
import { registerPaperLenses } from './paperLenses';

/** Lets PDF, Word and Excel files be read and shown as text. Its worker starts with the first of them. */
export function createPapers(
  context: vscode.ExtensionContext,
  log: Logger,
  register: <T extends DisposableLike>(part: T) => T,
): PaperFiles {
  register(registerPaperLenses());
  return register(new PaperFiles(context.asAbsolutePath(path.join('dist', 'paperWorker.js')), log));
}
