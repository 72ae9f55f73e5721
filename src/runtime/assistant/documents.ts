import { BioBertError, errorCodes } from '../../core/errors';
import type { FolderSource } from './folderSource';

/**
 * Finds a document by the path that a language model wrote. Only documents that the folder lists can be named, so no path
 * leads outside of it.
 *
 * @throws {BioBertError} ARGUMENT_INVALID if the folder has no such document.
 */
export function documentNamed(
  wanted: string,
  documents: Iterable<string>,
  source: Pick<FolderSource, 'pathOf'>,
): string {
  const path = wanted.replace(/\\/g, '/').replace(/^\.\//, '');
  for (const document of documents) if (source.pathOf(document) === path) return document;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `The folder has no document ${wanted} that was read.`,
    'Name a document as another result gives it. Files outside of the folder are not read.',
  );
}
