import { createRequire } from 'node:module';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../core/errors';

/** The bundles that `esbuild.mjs` writes beside `dist/extension.js` for this process. */
export type BundleName = 'assistant' | 'evidenceExport' | 'onDemand' | 'records' | 'review';

/** Returns the path of a bundle. */
export function bundlePath(
  context: Pick<vscode.ExtensionContext, 'asAbsolutePath'>,
  name: BundleName,
): string {
  return context.asAbsolutePath(path.join('dist', `${name}.js`));
}

/**
 * Loads a bundle that the extension does not need at its start, or returns it if it is loaded.
 *
 * @param file Path of the bundle, as {@link bundlePath} gives it.
 * @returns the exports of the bundle, of the type that its entry names with `satisfies`.
 * @throws {BioBertError} INTERNAL if the file is missing or damaged.
 */
export function loadBundle(file: string): unknown {
  try {
    return createRequire(file)(file);
  } catch (cause) {
    throw new BioBertError(
      errorCodes.INTERNAL,
      vscode.l10n.t('A file of the extension cannot be loaded: {0}.', path.basename(file)),
      vscode.l10n.t('Reinstall BioBERT.'),
      { cause },
    );
  }
}
