import { BioBertError, errorCodes } from '../core/errors';

const variables = ['https_proxy', 'http_proxy'] as const;

/**
 * A `fetch` that uses the proxy in the environment variable `HTTPS_PROXY` or `HTTP_PROXY`, except for the hosts in
 * `NO_PROXY`, like other programs.
 * @returns undefined if neither variable is set.
 * @throws {BioBertError} ARGUMENT_INVALID
 */
export async function proxiedFetch(env: NodeJS.ProcessEnv): Promise<typeof fetch | undefined> {
  const proxies = variables.map((name) => env[name] ?? env[name.toUpperCase()] ?? '');
  if (proxies.every((proxy) => proxy === '')) return undefined;
  for (const [index, proxy] of proxies.entries()) {
    if (proxy !== '' && !URL.canParse(proxy)) throw invalid((variables[index] ?? '').toUpperCase());
  }
  // undici is imported only if it is needed, because loading it also changes the dispatcher of the built-in
  // `fetch`.
  const { EnvHttpProxyAgent, fetch: undiciFetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  // undici has its own types for the same interface.
  const proxied = (url: unknown, init: object) => undiciFetch(url as string, { ...init, dispatcher });
  return proxied as unknown as typeof fetch;
}

/** The error does not show the value, which may contain a password. */
function invalid(variable: string): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `${variable} is no address of a proxy.`,
    'Name it as http://HOST:PORT, or unset it.',
  );
}
