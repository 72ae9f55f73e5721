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

/** The wanted name of a file, and how to recognise one that this program wrote. */
export interface WantedFile {
  readonly stem: string;
  /** `.bib` */
  readonly extension: string;
  readonly isOwn: (text: string) => boolean;
}

/**
 * Finds the file `STEM.EXTENSION` in a folder. A file of that name that the user made or edits is left alone; then it is
 * `STEM-biobert.EXTENSION`, or `STEM-biobert-2.EXTENSION` if that is the user's too.
 */
export async function ownFile(folder: vscode.Uri, { stem, extension, isOwn }: WantedFile): Promise<OwnFile> {
  for (let number = 0; ; number++) {
    const ending = ['', '-biobert'][number] ?? `-biobert-${number}`;
    const file = await read(folder, stem + ending + extension);
    if (file.text === '' || isOwn(file.text)) return { ...file, isSecond: number > 0 };
  }
}

async function read(folder: vscode.Uri, name: string): Promise<Omit<OwnFile, 'isSecond'>> {
  const uri = vscode.Uri.joinPath(folder, name);
  const bytes = await vscode.workspace.fs.readFile(uri).then(
    (found) => found,
    (error: unknown) => {
      if (error instanceof vscode.FileSystemError && error.code !== 'FileNotFound') throw error;
      return new Uint8Array();
    },
  );
  return { uri, name, text: new TextDecoder().decode(bytes) };
}

/** Writes the file unless it has this text already. */
export async function writeOwnFile({ uri, text }: OwnFile, content: string): Promise<void> {
  if (text !== content) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
}
