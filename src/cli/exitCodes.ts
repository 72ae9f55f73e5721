/** Exit codes of the commands, as documented in `biobert tag --help`. */
export const exitCodes = {
  ok: 0,
  /** Some or all documents could not be processed. The results of the others were written. */
  failed: 1,
  usage: 2,
  /** Only for `biobert ask`: no passage of the documents answers the question. */
  noAnswer: 3,
  /** Every document was processed, but a large share of one or more was not read as prose. A warning says what. */
  partlyRead: 4,
  /** 128 + SIGINT. */
  interrupted: 130,
  /** 128 + SIGTERM. */
  terminated: 143,
} as const;
