/** The log of an engine. It must never contain document text. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const nullLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Writes each warning once. */
export function warnOnce(log: Logger): Logger {
  const written = new Set<string>();
  const warn = (message: string) => {
    if (!written.has(message)) log.warn(message);
    written.add(message);
  };
  return {
    debug: (message) => log.debug(message),
    info: (message) => log.info(message),
    warn,
    error: (message) => log.error(message),
  };
}
