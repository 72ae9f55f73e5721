import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';

/** Minimum delay: edits and streamed results come faster than anybody reads a list. */
const minDelayMs = 200;
/** The delay is at least this multiple of the duration of a refresh, so that a long list takes at most 10 % of the time. */
const delayPerWork = 9;

export interface RefreshSchedulerOptions {
  /** Refreshes the view. It should stop when `isOutdated` returns true after a pause: a later refresh has begun. */
  readonly refresh: (isOutdated: () => boolean) => Promise<void>;
  readonly isVisible: () => boolean;
  readonly log: Logger;
}

/** Limits how often a view is refreshed, and does not refresh it while it is hidden. */
export class RefreshScheduler extends Disposable {
  private timer: NodeJS.Timeout | undefined;
  private nextDelayMs = minDelayMs;
  private generation = 0;

  constructor(private readonly options: RefreshSchedulerOptions) {
    super();
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  /** Refreshes after the delay. Further calls do not extend the delay, so that the list grows while results stream in. */
  schedule(): void {
    this.timer ??= setTimeout(() => this.refreshNow(), this.nextDelayMs);
  }

  refreshNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { isVisible, log } = this.options;
    if (isVisible()) logFailure(this.run(), log, 'listing entities');
  }

  private async run(): Promise<void> {
    const generation = ++this.generation;
    const isOutdated = (): boolean => generation !== this.generation;
    const started = performance.now();
    await this.options.refresh(isOutdated);
    if (isOutdated()) return;
    this.nextDelayMs = Math.max(minDelayMs, delayPerWork * (performance.now() - started));
  }
}
