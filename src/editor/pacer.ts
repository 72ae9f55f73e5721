/** Splits long work into slices, so that the extension host can serve other extensions in between. */

/** The limit for blocking the event loop is 20 ms; a slice is much shorter, since other work shares the same turn. */
const sliceMs = 6;

/**
 * Returns a function to call between small units of work. When the slice is used up it returns a promise to await.
 *
 * @example
 * const pace = createPacer();
 * for (const item of items) {
 *   process(item);
 *   const pause = pace();
 *   if (pause) await pause;
 * }
 */
export function createPacer(): () => Promise<void> | undefined {
  let sliceStart = performance.now();
  return () => {
    if (performance.now() - sliceStart < sliceMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        sliceStart = performance.now();
        resolve();
      });
    });
  };
}
