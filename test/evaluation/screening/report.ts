/** The tables of `npm run accuracy -- screening`. */
import { type FoundRelevant, type ScreeningFigures, screeningFigures } from './figures';
import { checkedShares, checkProgress, checkStop } from './simulate';

/** The runs of one set, one a seed. */
export interface ScreenedSet {
  readonly name: string;
  readonly records: number;
  readonly relevant: number;
  readonly ours: readonly FoundRelevant[];
  /** The runs of ASReview with the same first records. Empty if it was not run. */
  readonly asreview: readonly FoundRelevant[];
}

const columns: readonly {
  readonly key: keyof ScreeningFigures;
  readonly name: string;
  readonly digits: number;
}[] = [
  { key: 'loss', name: 'loss', digits: 4 },
  { key: 'atd', name: 'ATD', digits: 1 },
  { key: 'wss95', name: 'WSS@95', digits: 3 },
  { key: 'recall10', name: 'recall at 10 %', digits: 3 },
];

/** A Markdown table: each figure of this ranker, and of ASReview in brackets, by set and in the mean over sets. */
export function writeScreeningTable(sets: readonly ScreenedSet[]): string {
  const head = ['set', 'records', 'relevant', 'runs', ...columns.map(({ name }) => name)];
  const rows = sets.map(({ name, records, relevant, ours, asreview }) => [
    name,
    String(records),
    String(relevant),
    String(ours.length),
    ...columns.map(({ key, digits }) => cell(meanOf(ours, key), meanOf(asreview, key), digits)),
  ]);
  const means = columns.map(({ key, digits }) =>
    cell(
      mean(sets.map(({ ours }) => meanOf(ours, key))),
      mean(sets.map(({ asreview }) => meanOf(asreview, key))),
      digits,
    ),
  );
  return `Ours (ASReview)\n${markdown(head, [...rows, ['mean', '', '', '', ...means]])}`;
}

/** A Markdown table: how often the interval of the number of relevant records left held, and the stopping criterion. */
export function writeProgressTable(sets: readonly ScreenedSet[]): string {
  const runs = sets.flatMap(({ ours }) => ours);
  const checks = runs.flatMap((run) => checkProgress(run));
  const head = ['screened', 'in the interval', 'bias', 'mean error', 'length of the interval'];
  const rows = checkedShares.map((share) => {
    const here = checks.filter((check) => check.share === share);
    return [
      percent(share),
      percent(mean(here.map(({ isCovered }) => (isCovered ? 1 : 0)))),
      percent(mean(here.map(({ error }) => error))),
      percent(mean(here.map(({ error }) => Math.abs(error)))),
      percent(mean(here.map(({ width }) => width))),
    ];
  });
  const stops = runs.map((run) => checkStop(run));
  const reached = stops.filter(({ recall }) => recall >= 0.95).length;
  return (
    `Number of relevant records left, in percent of all relevant ones\n${markdown(head, rows)}` +
    `Stopping at 95 % confidence in a recall of 95 %: reached in ${reached} of ${stops.length} runs, ` +
    `mean recall ${percent(mean(stops.map(({ recall }) => recall)))}, ` +
    `records not read ${percent(mean(stops.map(({ saved }) => saved)))}\n`
  );
}

function meanOf(runs: readonly FoundRelevant[], key: keyof ScreeningFigures): number {
  return mean(runs.map((run) => screeningFigures(run)[key]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function cell(ours: number, asreview: number, digits: number): string {
  const other = Number.isNaN(asreview) ? '' : ` (${asreview.toFixed(digits)})`;
  return ours.toFixed(digits) + other;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
