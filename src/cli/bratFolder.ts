import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes } from '../core/errors';
import { bratText, writeBrat, writeBratConfiguration } from '../core/exports/brat';
import { uniqueNames } from '../core/exports/uniqueNames';
import { standardInput } from './inputs';
import { errnoOf, fileError } from '../runtime/documents/fileErrors';
import type { TaggedDocument } from './documents';
import type { Sink } from './sink';

export interface BratFolderOptions {
  readonly folder: string;
  /** Named in `annotation.conf`. */
  readonly types: readonly string[];
  /** Replace pairs that exist. Without it they stay: a person may have corrected them. */
  readonly force: boolean;
  /** Whether mentions may have identifiers, which a comment in `annotation.conf` explains. */
  readonly hasReferences: boolean;
}

/** Writes a pair of files a document, `NAME.txt` with its text and `NAME.ann`, and `annotation.conf` once. */
export class BratFolder implements Sink<TaggedDocument> {
  private readonly unique = uniqueNames();

  constructor(private readonly options: BratFolderOptions) {}

  async open(): Promise<void> {
    const { folder, types, hasReferences } = this.options;
    try {
      await mkdir(folder, { recursive: true });
      const configuration = writeBratConfiguration(types, [], hasReferences);
      await writeFile(path.join(folder, 'annotation.conf'), configuration, { flag: 'wx' });
    } catch (error) {
      // A configuration that is there may have been fitted to the project.
      if (errnoOf(error) !== 'EEXIST' || (error as { syscall?: unknown }).syscall === 'mkdir') {
        throw fileError(error, 'write');
      }
    }
  }

  async write({ name, text, entities, models }: TaggedDocument): Promise<void> {
    const { folder, force } = this.options;
    const stem = this.unique(name === standardInput ? 'stdin' : path.basename(name).replace(/\.txt$/i, ''));
    const found = entities.map((entity) => ({ ...entity, annotator: models.entities }));
    const flag = force ? 'w' : 'wx';
    try {
      // The annotations first: they are what must not be lost.
      await writeFile(path.join(folder, `${stem}.ann`), writeBrat(text, found), { flag });
      const textFile = path.join(folder, `${stem}.txt`);
      // The input itself may be this file, when the folder is the one it lies in.
      if (path.resolve(textFile) !== path.resolve(name)) await writeFile(textFile, bratText(text), { flag });
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw fileError(error, 'write');
      throw new BioBertError(
        errorCodes.OUTPUT_UNWRITABLE,
        `${stem}.ann or ${stem}.txt exists already in ${folder}.`,
        'Name an empty folder with --output, or add --force to replace what is there.',
        { cause: error },
      );
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
