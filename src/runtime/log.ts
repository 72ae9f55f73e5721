/** Where engines write what happened. Never document text. */
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

/** Leaves out a warning that was given before. */
export function warnOnce(log: Logger): Logger {
  const given = new Set<string>();
  const warn = (message: string) => {
    if (!given.has(message)) log.warn(message);
    given.add(message);
  };
  return {
    debug: (message) => log.debug(message),
    info: (message) => log.info(message),
    warn,
    error: (message) => log.error(message),
  };
}
