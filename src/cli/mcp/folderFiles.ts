import { realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isOwnExport } from '../../core/curation/ownExports';
import { BioBertError, errorCodes } from '../../core/errors';
import type { DocumentFormat } from '../../core/types';
import { documentText } from '../../runtime/documents/documentText';
import { listFolder } from '../../runtime/documents/folderListing';
import { readDocumentFile } from '../../runtime/documents/readFile';
import { papers } from '../papers';
import { withoutLeftOut } from './leftOut';

/** A document of the folder. */
export interface FolderFile {
  /** The URI, by which the index and the tools name it. */
  readonly document: string;
  /** Differs if the file may have changed. */
  readonly stamp: string;
}

export interface FolderListing {
  readonly files: readonly FolderFile[];
  /** Files that cannot be read, with the reason. */
  readonly problems: ReadonlyMap<string, string>;
}

export interface FileText {
  readonly text: string;
  readonly format: DocumentFormat;
}

/** Number of documents whose texts are kept: a call quotes several sentences of each. */
const keptTexts = 64;

/** The documents in a folder of this machine and below it. Nothing outside of the folder is read, also by no link. */
export class FolderFiles {
  private readonly texts = new Map<string, { readonly stamp: string; readonly read: Promise<FileText> }>();

  private constructor(
    readonly folder: string,
    private readonly exclude: readonly string[],
  ) {}

  /**
   * @param exclude Patterns of files that are left out, beside those in the settings of the folder. Default: none.
   * @throws {BioBertError} DOCUMENT_UNREADABLE if it is no folder.
   */
  static async open(folder: string, exclude: readonly string[] = []): Promise<FolderFiles> {
    const real = await realpath(folder).catch(() => undefined);
    const isFolder = real !== undefined && (await stat(real)).isDirectory();
    if (isFolder) return new FolderFiles(real, exclude);
    throw new BioBertError(
      errorCodes.DOCUMENT_UNREADABLE,
      `There is no folder ${folder}.`,
      'Name the folder with the papers and notes.',
    );
  }

  /** @throws {BioBertError} DOCUMENT_UNREADABLE if the settings of the folder cannot be read. */
  async list(): Promise<FolderListing> {
    const { inputs } = await listFolder(this.folder);
    const paths = inputs.map((input) => input.path);
    const kept = new Set(await withoutLeftOut(this.folder, paths, this.exclude));
    const files: FolderFile[] = [];
    const problems = new Map<string, string>();
    for (const { path: file, error } of inputs) {
      if (!kept.has(file)) continue;
      const document = pathToFileURL(file).href;
      try {
        if (error) throw error;
        files.push({ document, stamp: await this.stampOf(file) });
      } catch (reason) {
        problems.set(document, reasonOf(reason));
      }
    }
    return { files, problems };
  }

  /**
   * Reads a document. What this program wrote is empty: it would be evidence of its own sentences.
   *
   * @throws {BioBertError} DOCUMENT_UNREADABLE, DOCUMENT_TOO_LARGE, and for papers without text.
   */
  async read(document: string, signal: AbortSignal): Promise<FileText> {
    const file = fileURLToPath(document);
    const stamp = await this.stampOf(file);
    const known = this.texts.get(document);
    if (known?.stamp === stamp) return known.read;
    const read = readFileText(file, signal);
    this.texts.delete(document);
    this.texts.set(document, { stamp, read });
    // A text that cannot be read is tried again.
    read.catch(() => this.texts.delete(document));
    const [oldest] = this.texts.keys();
    if (this.texts.size > keptTexts && oldest !== undefined) this.texts.delete(oldest);
    return read;
  }

  /** The path of a document in the folder, with forward slashes. */
  pathOf(document: string): string {
    return path.relative(this.folder, fileURLToPath(document)).split(path.sep).join('/');
  }

  /** @throws {BioBertError} DOCUMENT_UNREADABLE for a file outside of the folder, or a link to one. */
  private async stampOf(file: string): Promise<string> {
    const relative = path.relative(this.folder, await realpath(file));
    if (relative.split(path.sep)[0] === '..' || path.isAbsolute(relative)) {
      throw new BioBertError(
        errorCodes.DOCUMENT_UNREADABLE,
        'It is a link to a file outside of the folder.',
        'Copy the file into the folder.',
      );
    }
    const { mtimeMs, ctimeMs, size } = await stat(file);
    return [mtimeMs, ctimeMs, size].join(' ');
  }
}

async function readFileText(file: string, signal: AbortSignal): Promise<FileText> {
  const bytes = await readDocumentFile(file, signal);
  const { text, format } = await documentText(bytes, { fileName: file, papers, signal });
  return { text: isOwnExport(text) ? '' : text, format };
}

/** Says in a sentence what is wrong with a document. */
export function reasonOf(error: unknown): string {
  return error instanceof BioBertError ? error.userMessage : String(error);
}
