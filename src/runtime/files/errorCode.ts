/** @returns the code of an error of the system, such as `ENOENT`; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether Windows refuses access because another program has the file open, or is removing it. */
export function isInUse(error: unknown): boolean {
  return process.platform === 'win32' && /^(?:EPERM|EACCES|EBUSY)$/u.test(errorCode(error) ?? '');
}

/** Why a file cannot be written, as far as the user can do something about it. */
export type WriteFailure = 'full' | 'forbidden' | 'other';

/**
 * Classifies an error of Node or of `vscode.workspace.fs`. The latter has no code for a full disk, but the error of the
 * system is in its message.
 */
export function writeFailureOf(error: unknown): WriteFailure {
  const text = `${errorCode(error) ?? ''} ${error instanceof Error ? error.message : ''}`;
  if (/\b(?:ENOSPC|EDQUOT)\b|no space left|disk is full/iu.test(text)) return 'full';
  return /\b(?:EACCES|EPERM|EROFS|NoPermissions)\b/u.test(text) ? 'forbidden' : 'other';
}
