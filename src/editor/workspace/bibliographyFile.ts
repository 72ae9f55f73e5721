import * as vscode from 'vscode';
import { isOwnBibliography } from '../../core/curation/ownReport';

/** A `.bib` file that this program may write. */
export interface BibliographyFile {
  readonly uri: vscode.Uri;
  /** In the folder of the file. */
  readonly name: string;
  /** Empty if there is no file yet. */
  readonly text: string;
  /** Whether the file has another name than was asked for, because that file is the user's own. */
  readonly isSecond: boolean;
}

/**
 * Finds the bibliography `STEM.bib` in a folder. A file of that name that the user edits is left alone; then it is
 * `STEM-biobert.bib`, or `STEM-biobert-2.bib` if the user edits that too.
 */
export async function bibliographyFile(folder: vscode.Uri, stem: string): Promise<BibliographyFile> {
  for (let number = 0; ; number++) {
    const ending = ['', '-biobert'][number] ?? `-biobert-${number}`;
    const file = await read(folder, `${stem}${ending}.bib`);
    if (file.text === '' || isOwnBibliography(file.text)) return { ...file, isSecond: number > 0 };
  }
}

async function read(folder: vscode.Uri, name: string): Promise<Omit<BibliographyFile, 'isSecond'>> {
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

/** Writes the bibliography unless it has this text already. */
export async function writeBibliography({ uri, text }: BibliographyFile, content: string): Promise<void> {
  if (text !== content) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
}
