/** The folder in which this program keeps what the user has made: decisions, evidence and reviews. */
export const ownFolderName = '.biobert';

/**
 * Whether a file is in a folder of this program. Its text is that of other documents, and no document itself.
 *
 * @param path A path with forward slashes.
 */
export function isInOwnFolder(path: string): boolean {
  return path.split('/').slice(0, -1).includes(ownFolderName);
}
