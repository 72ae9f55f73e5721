import type * as vscode from 'vscode';

/** The version of this extension: its parsers, decoding and rules. */
export function extensionVersion(context: vscode.ExtensionContext): string {
  const { version } = context.extension.packageJSON as { readonly version: string };
  return version;
}
