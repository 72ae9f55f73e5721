import type { ModelInfo } from '../../protocol/engine';
import type { Corpus } from './corpus';
import type { Reliability } from './reliability';
import { type Comparison, type Mistake, type Score, totalOf } from './score';

/** What was measured on one file. */
export interface FileResult {
  readonly file: string;
  readonly corpus: Corpus;
  readonly comparison: Comparison;
  readonly reliability?: readonly Reliability[];
  readonly seconds: number;
}

/** The table on standard output. */
export function writeTable(model: ModelInfo, results: readonly FileResult[]): string {
  const rows = results.flatMap(({ file, corpus, comparison: { scores } }) => {
    if (scores.length === 0) return [[file, String(corpus.units), 'no type that the model knows']];
    const shown = scores.length > 1 ? [...scores, totalOf(scores)] : scores;
    return shown.map((score) => [file, String(corpus.units), ...scoreCells(score)]);
  });
  const head = ['file', 'texts', 'type', 'right', 'wrong', 'missed', 'precision', 'recall', 'F1'];
  return `${model.name} ${model.version}, ${model.runtime}, strict entity-level scores in percent\n${alignColumns([head, ...rows])}`;
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
export function toJson(model: ModelInfo, results: readonly FileResult[]): string {
  const { name, version, hash, runtime } = model;
  const files = results.map(({ file, corpus, comparison, reliability, seconds }) => ({
    file,
    texts: corpus.units,
    seconds,
    scores: comparison.scores,
    total: totalOf(comparison.scores),
    ...(reliability === undefined ? {} : { reliability }),
  }));
  return `${JSON.stringify({ model: { name, version, hash, runtime }, files })}\n`;
}
