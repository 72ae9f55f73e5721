import { BioBertError, errorCodes } from '../../core/errors';
import { errorCode } from '../files/errorCode';

/** An error that BioBERT did not expect, with the first line of its message. */
export function unexpectedError(error: unknown): BioBertError {
  const what = error instanceof Error ? error.message.split('\n', 1)[0] : undefined;
  return new BioBertError(
    errorCodes.INTERNAL,
    `Something went wrong inside BioBERT${what === undefined ? '' : ` [${what}]`}.`,
    'Run it again on this file alone, and report it if it returns.',
    { cause: error },
  );
}

const reasons: Readonly<Record<string, readonly [message: string, nextStep: string]>> = {
  ENOENT: ['There is no such file.', 'Check the path.'],
  ENOTDIR: ['There is no such file.', 'Check the path.'],
  EACCES: ['Permission denied.', 'Change the permissions, or run as a user who has them.'],
  EPERM: ['Permission denied.', 'Change the permissions, or run as a user who has them.'],
  EISDIR: ['It is a folder.', 'Name a file in it.'],
  ELOOP: ['It is a symbolic link that leads back to itself.', 'Mend the link.'],
  ENAMETOOLONG: ['The name is too long.', 'Use a shorter one.'],
  EMFILE: ['Too many files are open.', 'Raise the limit with ulimit -n.'],
  ENOSPC: ['The disk is full.', 'Free some space and run it again.'],
  EDQUOT: ['The disk quota is used up.', 'Free some space and run it again.'],
  EROFS: ['The file system is read-only.', 'Name another place.'],
  EEXIST: ['It exists already.', 'Name another place.'],
};

const writeReasons: typeof reasons = {
  ENOENT: ['There is no such folder.', 'Make it first, or name another place.'],
  ENOTDIR: ['There is no such folder.', 'Make it first, or name another place.'],
  EISDIR: ['It is a folder.', 'Name a file.'],
};

/** An error of the file system in words; other errors come back as they are. */
export function fileError(error: unknown, use: 'read' | 'write'): Error {
  const code = errnoOf(error);
  if (code === undefined) return error instanceof Error ? error : unexpectedError(error);
  const [message, nextStep] = (use === 'write' ? writeReasons[code] : undefined) ??
    reasons[code] ?? [
      `The system answered ${code} when it was ${use === 'read' ? 'read' : 'written'}.`,
      use === 'read' ? 'Check that the file can be opened.' : 'Check that the place can be written to.',
    ];
  const kind = use === 'read' ? errorCodes.DOCUMENT_UNREADABLE : errorCodes.OUTPUT_UNWRITABLE;
  return new BioBertError(kind, message, nextStep, { cause: error });
}

/** `ENOENT` and the like, of an error that came from the system. */
export function errnoOf(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
