import { BioBertError, errorCodes } from '../core/errors';

const variables = ['https_proxy', 'http_proxy'] as const;

/**
 * Asks by the proxy that `HTTPS_PROXY` or `HTTP_PROXY` names, but for the hosts of `NO_PROXY`, as other programs do.
 * @returns undefined where none is named.
 * @throws {BioBertError} ARGUMENT_INVALID
 */
export async function proxiedFetch(env: NodeJS.ProcessEnv): Promise<typeof fetch | undefined> {
  const proxies = variables.map((name) => env[name] ?? env[name.toUpperCase()] ?? '');
  if (proxies.every((proxy) => proxy === '')) return undefined;
  for (const [index, proxy] of proxies.entries()) {
    if (proxy !== '' && !URL.canParse(proxy)) throw invalid((variables[index] ?? '').toUpperCase());
  }
  // Only here: once loaded, it would serve the requests of others, too.
  const { EnvHttpProxyAgent, fetch: ask } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  // The same interface, typed apart.
  const asked = (url: unknown, init: object) => ask(url as string, { ...init, dispatcher });
  return asked as unknown as typeof fetch;
}

/** The value may hold a password: it is not shown. */
function invalid(variable: string): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `${variable} is no address of a proxy.`,
    'Name it as http://HOST:PORT, or unset it.',
  );
}
