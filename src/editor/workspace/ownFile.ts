import { posix } from 'node:path';
import * as vscode from 'vscode';

/** A file that this program may write. */
export interface OwnFile {
  readonly uri: vscode.Uri;
  /** In the folder of the file. */
  readonly name: string;
  /** Empty if there is no file yet. */
  readonly text: string;
  /** Whether the file has another name than was asked for, because that file is the user's own. */
  readonly isSecond: boolean;
}

/**
 * Finds the file of a name. One that the user made or edits is left alone; then `notes.bib` becomes `notes-biobert.bib`, or
 * `notes-biobert-2.bib` if that is the user's too.
 *
 * @param stem The file without its extension.
 * @param extension `.bib`
 * @param isOwn Whether this program wrote a text.
 */
export async function ownFile(
  stem: vscode.Uri,
  extension: string,
  isOwn: (text: string) => boolean,
): Promise<OwnFile> {
  for (let number = 0; ; number++) {
    const ending = ['', '-biobert'][number] ?? `-biobert-${number}`;
    const uri = stem.with({ path: stem.path + ending + extension });
    const text = await read(uri);
    if (text === '' || isOwn(text))
      return { uri, name: posix.basename(uri.path), text, isSecond: number > 0 };
  }
}

/** A file without its extension. */
export function stemOf(file: vscode.Uri): vscode.Uri {
  return file.with({ path: file.path.replace(/\.[^./]*$/, '') });
}

/** @returns an empty text if there is no file. */
async function read(uri: vscode.Uri): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(uri).then(
    (found) => found,
    (error: unknown) => {
      if (error instanceof vscode.FileSystemError && error.code !== 'FileNotFound') throw error;
      return new Uint8Array();
    },
  );
  return new TextDecoder().decode(bytes);
}

/** Writes the file unless it has this text already. */
export async function writeOwnFile(
  { uri, text }: Pick<OwnFile, 'uri' | 'text'>,
  content: string,
): Promise<void> {
  if (text !== content) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
}
