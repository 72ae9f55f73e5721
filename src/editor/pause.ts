/** Long work in slices, so that the extension host answers every extension in between. */

/** Well under the 20 ms that the event loop may be held: what is done in a slice is not the only work there is. */
const sliceMs = 6;

/** @returns a function to await between pieces of work; it gives way when the slice is used up. */
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
