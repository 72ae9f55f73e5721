/** What a shell sees. Documented in `biobert tag --help`. */
export const exitCodes = {
  ok: 0,
  /** Some documents could not be tagged, or nothing could. The others were written. */
  failed: 1,
  usage: 2,
  /** `biobert ask`: nothing in the documents answers. */
  noAnswer: 3,
  /** 128 + SIGINT. */
  interrupted: 130,
  /** 128 + SIGTERM. */
  terminated: 143,
} as const;
