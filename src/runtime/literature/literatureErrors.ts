/** Errors of databases of literature, as the user sees them. */
import { BioBertError, errorCodes } from '../../core/errors';
import { isUntrusted } from '../httpRequest';
import { RetryableError } from '../retry';

const keepOn = 'Start the same download again: it goes on where it stopped.';

/** The other side gets more requests than it allows. */
export class BusyAnswer extends RetryableError {}

/**
 * The answer is not what the documentation promises: cut off, a page in HTML, a wrong number of records. The message is
 * the end of a sentence that begins with the name of the source and "sent".
 */
export class DamagedAnswer extends RetryableError {}

/** The other side reports an error in its own words. */
export class ReportedError extends RetryableError {}

/** Makes the error after the last attempt. @param source Its name. */
export function giveUpError(source: string, host: string, cause: unknown): BioBertError {
  if (cause instanceof BusyAnswer) return busy(source, cause);
  if (cause instanceof DamagedAnswer) return damaged(source, cause);
  if (cause instanceof ReportedError)
    return refused(`${source} reports an error: ${cause.message}`, undefined, cause);
  const what =
    cause instanceof RetryableError
      ? `${source} answers with an error (${cause.message}).`
      : `${source} (${host}) does not answer.`;
  const nextStep = `Check the connection and the proxy. ${keepOn}`;
  return new BioBertError(errorCodes.LITERATURE_UNREACHABLE, what, nextStep, { cause });
}

function busy(source: string, cause: BusyAnswer): BioBertError {
  return new BioBertError(
    errorCodes.LITERATURE_BUSY,
    `${source} gets too many requests from this network.`,
    `Wait some minutes. ${keepOn}`,
    { cause },
  );
}

export function damaged(source: string, cause: Error): BioBertError {
  return new BioBertError(
    errorCodes.LITERATURE_DAMAGED,
    `${source} sent ${cause.message}.`,
    `Check in a browser that no log-in page of the network stands between. ${keepOn}`,
    { cause },
  );
}

export function refused(
  what: string,
  nextStep = 'Try the query on the page of the database, correct it and run it again.',
  cause?: unknown,
): BioBertError {
  return new BioBertError(errorCodes.LITERATURE_REFUSED, what, nextStep, { cause });
}

/** @returns the error for a certificate that is not trusted; undefined for another cause. */
export function certificateError(host: string, cause: unknown): BioBertError | undefined {
  if (!isUntrusted(cause)) return undefined;
  return new BioBertError(
    errorCodes.LITERATURE_UNREACHABLE,
    `The certificate of ${host} is not trusted here.`,
    'Name the file of the authority that signed it in NODE_EXTRA_CA_CERTS, and start again.',
    { cause },
  );
}

/** A search with more records than are downloaded. */
export function tooMany(count: number, maxRecords: number): BioBertError {
  return refused(
    `The search has ${count} records; at most ${maxRecords} are downloaded.`,
    'Narrow the search, for example by years of publication, and download it in parts.',
  );
}
