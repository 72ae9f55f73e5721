import type { Random } from '../support/random';

/** The outcome of a scenario. A run is good if `lost`, `hung` and `wrong` are 0. */
export interface Counts {
  /** Number of things tried: documents, pins, kills, models. */
  readonly tried: number;
  /** Things that the user had and that are gone. */
  readonly lost: number;
  /** Operations that did not end within their limit. */
  readonly hung: number;
  /** Wrong results, crashes, and internal errors. */
  readonly wrong: number;
}

export interface SoakContext {
  readonly root: string;
  /** An empty folder of the scenario, which is deleted after it. */
  readonly scratch: string;
  readonly random: Random;
  /** Whether this is the short run of CI: the same choices with smaller numbers. */
  readonly isShort: boolean;
  /** Records a fault in words that help to repeat it. Never counts. */
  readonly complain: (fault: string) => void;
}

export interface Scenario {
  /** The first column of the table. */
  readonly title: string;
  /** The unit of `tried`: `documents`. */
  readonly unit: string;
  /** Whether it runs once and not in every round, because it is long. */
  readonly once?: boolean;
  readonly run: (context: SoakContext) => Promise<Counts>;
}

export const noCounts: Counts = { tried: 0, lost: 0, hung: 0, wrong: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    tried: a.tried + b.tried,
    lost: a.lost + b.lost,
    hung: a.hung + b.hung,
    wrong: a.wrong + b.wrong,
  };
}
