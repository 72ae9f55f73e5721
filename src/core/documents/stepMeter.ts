/** Thrown when reading a text takes more steps than its length allows. */
export class StepLimitError extends Error {
  override readonly name = 'StepLimitError';
  constructor() {
    super('Too many steps');
  }
}

/** A budget of steps for one piece of work. Steps are counted instead of time, so that results do not depend on speed. */
export class StepMeter {
  private left = 0;

  /** Begins another piece of work that may take `steps`. */
  start(steps: number): void {
    this.left = steps;
  }

  /** @throws {StepLimitError} when the budget is used up. */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new StepLimitError();
  }
}
