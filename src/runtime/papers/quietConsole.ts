/**
 * Silences the console of the worker before libraries are loaded. What they print may quote a document, nobody reads it,
 * and a worker that has printed something keeps its process alive.
 */
// eslint-disable-next-line no-console -- nothing is written; the functions are replaced.
for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) console[name] = () => undefined;
