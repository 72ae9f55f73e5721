import { BioBertError, errorCodes } from '../../core/errors';

export function unreachable(host: string, cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.HUB_UNREACHABLE,
    `The model hub ${host} does not answer.`,
    'Check the connection and the proxy, and run it again: what has arrived is kept.',
    { cause },
  );
}

/** Translates an HTTP status to an error for the user. */
export function refused(status: number, repository: string): BioBertError {
  const [what, nextStep] =
    status === 401 || status === 403
      ? [
          `The hub does not give ${repository} to everybody (${status}).`,
          'Accept its terms on its page and set a token.',
        ]
      : status === 404
        ? [
            `The hub has no model ${repository}.`,
            'Check the name: it is OWNER/NAME, as on the page of the model.',
          ]
        : [`The hub answered ${status} for ${repository}.`, 'Try again later.'];
  return new BioBertError(errorCodes.HUB_REFUSED, what, nextStep);
}

/** The hub sent data that contradict its own listing. */
export function notAsPromised(what: string, cause?: unknown): BioBertError {
  const nextStep = 'Run it again; if it returns, tell those who run the hub.';
  return new BioBertError(errorCodes.HUB_DAMAGED, what, nextStep, { cause });
}
