/** The figures of one simulated screening, as ASReview defines them. */

/** A simulated screening of all records but the first ones, which were given. */
export interface FoundRelevant {
  /** Number of the records that were to be screened. */
  readonly records: number;
  /** The rank of each relevant record in the order of screening, from 1, ascending. */
  readonly found: readonly number[];
}

export interface ScreeningFigures {
  /** The area between the ideal recall curve and this one, over that between the ideal and the worst: 0 is ideal. */
  readonly loss: number;
  /** The mean rank at which relevant records are found ("average time to discovery"). */
  readonly atd: number;
  /** The share of records that need not be read to find 95 %, less 5 % ("work saved over sampling"). */
  readonly wss95: number;
  /** The share of relevant records among the first tenth. */
  readonly recall10: number;
}

/** `asreviewcontrib.insights.algorithms` and `metrics` of asreview-insights 1.6. */
export function screeningFigures({ records, found }: FoundRelevant): ScreeningFigures {
  const relevant = found.length;
  const area = found.reduce((sum, rank) => sum + (records - rank + 1), 0);
  const early = found.filter((rank) => rank <= records / 10).length;
  return {
    loss: (relevant * (records - (relevant - 1) / 2) - area) / (relevant * (records - relevant)),
    atd: found.reduce((sum, rank) => sum + rank, 0) / relevant,
    wss95: workSaved(records, found),
    recall10: early / relevant,
  };
}

/** The distance to random order, whose recall grows in steps of equal length, at the last record of 95 %. */
function workSaved(records: number, found: readonly number[]): number {
  const needed = Math.floor(0.95 * found.length);
  const random = Array.from({ length: records }, (_, index) =>
    roundHalfEven((found.length * index) / (records - 1)),
  );
  const atRandom = random.findIndex((count) => count >= needed);
  return (atRandom - ((found[needed - 1] ?? 0) - 1)) / records;
}

/** As NumPy rounds. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
