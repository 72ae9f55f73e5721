/** Marks a promise that did not settle in time. */
export const hung = Symbol('hung');

/** @returns the result, or {@link hung} after `limitMs`; the work itself goes on. */
export async function within<Result>(work: Promise<Result>, limitMs: number): Promise<Result | typeof hung> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof hung>((resolve) => {
    timer = setTimeout(() => resolve(hung), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
