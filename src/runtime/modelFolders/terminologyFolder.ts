import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Terminology } from '../../core/linking/terminology';

/** Name of the file in a folder of a terminology. */
export const terminologyFile = 'terms.bin';

/**
 * Reads the terminology of a folder.
 * @returns undefined if the folder has none.
 * @throws {BioBertError} MODEL_FILE_DAMAGED if the file is not one of a terminology.
 */
export async function readTerminology(folder: string): Promise<Terminology | undefined> {
  const bytes = await readFile(path.join(folder, terminologyFile)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  return bytes && Terminology.open(bytes);
}
