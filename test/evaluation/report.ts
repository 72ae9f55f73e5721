import type { ModelInfo } from '../../src/protocol/engine';
import type { Corpus } from './corpus';
import type { PeopleLeftOut } from './people';
import type { Reliability } from './reliability';
import type { PhenomenaResult } from './phenomena';
import type { StatementResult } from './statements';
import { type Comparison, type Mistake, type Score, totalOf } from './score';
import { remarkOn } from './typeNames';

/** Results for one file. */
export interface FileResult {
  readonly file: string;
  readonly corpus: Corpus;
  readonly comparison: Comparison;
  readonly reliability?: readonly Reliability[];
  readonly seconds: number;
  /** Undefined if mentions of people are scored. */
  readonly peopleLeftOut?: PeopleLeftOut | undefined;
}

/** The table on standard output. */
export function writeTable(
  model: ModelInfo,
  results: readonly FileResult[],
  { consistency }: { readonly consistency: boolean },
): string {
  const rows = results.flatMap(({ file, corpus, comparison: { scores } }) => {
    if (scores.length === 0) return [[file, String(corpus.units), 'no type that the model knows']];
    const shown = scores.length > 1 ? [...scores, totalOf(scores)] : scores;
    return shown.map((score) => [file, String(corpus.units), ...scoreCells(score)]);
  });
  const head = ['file', 'texts', 'type', 'right', 'wrong', 'missed', 'precision', 'recall', 'F1'];
  const title = `${titleOf(model)}, consistency within documents ${consistency ? 'on' : 'off'}`;
  return `${title}\n${alignColumns([head, ...rows])}${remarksOn(results)}`;
}

function titleOf({ name, version, runtime }: ModelInfo): string {
  return `${name} ${version}, ${runtime}, strict entity-level scores in percent`;
}

function remarksOn(results: readonly FileResult[]): string {
  const remarks = [...new Set(results.map(({ file }) => file))]
    .map((file) => {
      const remark = remarkOn(file);
      return remark === undefined ? '' : `${file} ${remark}\n`;
    })
    .join('');
  return remarks + results.map(peopleRemark).join('');
}

function peopleRemark({ file, peopleLeftOut }: FileResult): string {
  if (peopleLeftOut === undefined || peopleLeftOut.gold + peopleLeftOut.predicted === 0) return '';
  const { gold, predicted } = peopleLeftOut;
  return `${file} is scored without words for people (patients, women, children), which the shown Species does not count: ${gold} gold mentions and ${predicted} predictions of Species are left out.\n`;
}

function scoreCells(score: Score): string[] {
  const counts = [score.truePositives, score.falsePositives, score.falseNegatives].map(String);
  const percents = [score.precision, score.recall, score.f1].map((value) => value.toFixed(2));
  return [score.type, ...counts, ...percents];
}

/** Text to the left, figures to the right. */
function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row.length > column + 1 || column > 2 ? (row[column]?.length ?? 0) : 0))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column === 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** Reliability diagrams as tables: how often the predictions of a bin are right. */
export function writeReliability({ file, reliability = [] }: FileResult): string {
  return reliability
    .map(({ type, expectedCalibrationError, bins }) => {
      const rows = bins
        .filter((bin) => bin.count > 0)
        .map((bin) => [
          `${bin.from.toFixed(1)}–${bin.to.toFixed(1)}`,
          String(bin.count),
          '',
          ...[bin.confidence, bin.accuracy].map((value) => value.toFixed(3)),
        ]);
      const head = ['probability', 'count', '', 'mean', 'right'];
      return `\n${file} ${type}: expected calibration error ${expectedCalibrationError.toFixed(4)}\n${alignColumns([head, ...rows])}`;
    })
    .join('');
}

/** By kind of statement, then the mistakes. The set is our own: its texts may be shown. */
export function writeStatements(
  model: ModelInfo,
  { scores, mistakes }: StatementResult,
  most: number,
): string {
  const head = ['kind', '', '', 'right', 'wrong', 'missed', 'precision', 'recall', 'F1'];
  const rows = scores.map((score) => {
    const [kind = '', ...cells] = scoreCells(score);
    return [kind, '', '', ...cells];
  });
  const wrong = mistakes
    .slice(0, most)
    .map(({ kind, relation, text }) => `${kind} ${relation}\n    ${text}\n`);
  return `${model.name} ${model.version}, ${model.runtime}, relations that texts of our own state\n${alignColumns([head, ...rows])}${wrong.join('')}`;
}

/** Mistakes in their line, marked `[[…]]`. Written on request only: it is corpus text. */
export function writeMistakes({ file, corpus, comparison }: FileResult, count: number): string {
  const { mistakes } = comparison;
  // Spread over the file, so that they do not all come from its first document.
  const step = Math.max(1, mistakes.length / count);
  const chosen = Array.from(
    { length: Math.min(count, mistakes.length) },
    (_, index) => mistakes[Math.floor(index * step)],
  );
  const lines = chosen.map((mistake) => (mistake === undefined ? '' : mistakeLine(corpus.text, mistake)));
  return `\n${file}: ${lines.length} of ${mistakes.length} mistakes\n${lines.join('')}`;
}

const shownContext = 120;

function mistakeLine(text: string, { kind, type, start, end }: Mistake): string {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - shownContext);
  const nextBreak = text.indexOf('\n', end);
  const lineEnd = Math.min(nextBreak < 0 ? text.length : nextBreak, end + shownContext);
  return `${kind.padEnd(6)} ${type.padEnd(8)} ${text.slice(lineStart, start)}[[${text.slice(start, end)}]]${text.slice(end, lineEnd)}\n`;
}

/** The same for programs. */
export function toJson(
  model: ModelInfo,
  results: readonly FileResult[],
  { consistency }: { readonly consistency: boolean },
): string {
  const files = results.map(({ file, corpus, comparison, reliability, seconds, peopleLeftOut }) => ({
    file,
    texts: corpus.units,
    seconds,
    scores: comparison.scores,
    total: totalOf(comparison.scores),
    ...(reliability === undefined ? {} : { reliability }),
    ...(peopleLeftOut === undefined ? {} : { peopleLeftOut }),
  }));
  return `${JSON.stringify({ model: identityOf(model), consistency, files })}\n`;
}

/** Selects the properties that identify a model in the JSON reports. */
export function identityOf({ name, version, hash, runtime }: ModelInfo) {
  return { name, version, hash, runtime };
}

/** Accuracy by phenomenon as a Markdown table: what the model card shows. */
export function writePhenomena(model: ModelInfo, result: PhenomenaResult): string {
  const head = '| phenomenon | sentences | flawless | names | wrong | missed | precision | recall | F1 |';
  const rule = '|---|---|---|---|---|---|---|---|---|';
  const rows = result.phenomena.map(
    ({ phenomenon, sentences, flawless, names, score }) =>
      `| ${[phenomenon, sentences, flawless, names, ...phenomenonCells(score)].join(' | ')} |`,
  );
  const total = (name: string, score: Score) =>
    `| **${name}** | | | ${[score.truePositives + score.falseNegatives, ...phenomenonCells(score)].join(' | ')} |`;
  const types = result.types.map((score) => total(score.type, score));
  const leftOut = [...result.leftOut].map(
    ([type, count]) => `\n${type} is left out: the model does not have it (${count} names).\n`,
  );
  const lines = [head, rule, ...rows, ...types, total('all', result.total)];
  return `${titleOf(model)}\n\n${lines.join('\n')}\n${leftOut.join('')}`;
}

/** A phenomenon without names has wrong marks, but no shares. */
function phenomenonCells(score: Score): string[] {
  const { truePositives, falsePositives, falseNegatives, precision, recall, f1 } = score;
  const shares = [precision, recall, f1].map((value) =>
    truePositives + falseNegatives === 0 ? '–' : value.toFixed(1),
  );
  return [String(falsePositives), String(falseNegatives), ...shares];
}

/** All mistakes, in their sentences. */
export function writePhenomenonMistakes({ mistakes }: PhenomenaResult, count: number): string {
  return mistakes
    .slice(0, count)
    .map((mistake) => mistakeLine(mistake.text, mistake))
    .join('');
}

/** Scores by phenomenon for programs, without the mistakes. */
export function phenomenaToJson(model: ModelInfo, result: PhenomenaResult): string {
  const { phenomena, types, total, leftOut } = result;
  const scores = { phenomena, types, total, leftOut: Object.fromEntries(leftOut) };
  return `${JSON.stringify({ model: identityOf(model), ...scores })}\n`;
}
