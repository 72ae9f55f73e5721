import { availableParallelism, cpus, loadavg } from 'node:os';
import { threadCount } from '../../runtime/onnx/platform';
import { median, megabytes, milliseconds, number } from './measure';
import type { BenchResult } from './run';

export const benchFormats = ['text', 'jsonl'] as const;
export type BenchFormat = (typeof benchFormats)[number];

/** How it was measured. */
export interface BenchSetting {
  readonly source: string;
  /** As asked for; 0: chosen. */
  readonly threads: number;
  /** As asked for: the processor takes the place of one that cannot be used. */
  readonly device: string;
  readonly engineUrl: string | undefined;
}

type BenchWriter = (result: BenchResult, setting: BenchSetting) => string;

export const benchWriters: Readonly<Record<BenchFormat, BenchWriter>> = { text: writeText, jsonl: writeJson };

function writeText(result: BenchResult, setting: BenchSetting): string {
  const { model, texts, characters, sentences, unit, units, loads, speeds, latencies, memory } = result;
  const rounds = speeds.length === 1 ? 'one round' : `median of ${speeds.length} rounds`;
  const range =
    speeds.length === 1 ? '' : `, ${number(Math.min(...speeds))} to ${number(Math.max(...speeds))}`;
  const where =
    setting.engineUrl === undefined ? threadWords(setting) : 'at the server, the way there included';
  const lines = [
    `${model.name} ${model.version} (${model.hash.slice(0, 12)}), ${model.runtime}, ${where}`,
    machine(),
    `${number(texts)} ${setting.source}: ${number(characters)} characters, ${number(sentences)} sentences, ${number(units)} ${unit}`,
    '',
    row('Speed', `${number(median(speeds))} ${unit}/s`, `${rounds}${range}`),
    row(
      'One sentence',
      milliseconds(median(latencies)),
      `median of ${latencies.length}, 19 of 20 within ${milliseconds(quantile(latencies, 0.95))}`,
    ),
    row('Loading', milliseconds(median(loads)), `${rounds}; the first ${milliseconds(loads[0] ?? NaN)}`),
    row(
      'Memory',
      megabytes(memory.most),
      `at most, of this process; ${megabytes(memory.before)} before the model`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function writeJson(result: BenchResult, setting: BenchSetting): string {
  const { model, texts, characters, sentences, unit, units, loads, speeds, latencies, memory } = result;
  const round = (value: number) => Math.round(10 * value) / 10;
  const line = {
    task: model.task,
    model: { name: model.name, version: model.version, hash: model.hash, runtime: model.runtime },
    source: setting.source,
    texts,
    characters,
    sentences,
    [unit]: units,
    threads: setting.engineUrl === undefined ? threadCount(setting.threads) : null,
    device: setting.engineUrl === undefined ? setting.device : null,
    [`${unit}PerSecond`]: round(median(speeds)),
    [`${unit}PerSecondByRound`]: speeds.map(round),
    sentenceMs: round(median(latencies)),
    sentenceMs95: round(quantile(latencies, 0.95)),
    loadMs: round(median(loads)),
    firstLoadMs: round(loads[0] ?? NaN),
    memoryBytes: memory.most,
    memoryBytesBefore: memory.before,
    processor: cpus()[0]?.model ?? null,
    cores: availableParallelism(),
    machineLoad: round(loadavg()[0] ?? 0),
    node: process.versions.node,
  };
  return `${JSON.stringify(line)}\n`;
}

function threadWords({ threads, device }: BenchSetting): string {
  const count = threadCount(threads);
  return `${count} ${count === 1 ? 'thread' : 'threads'}${device === 'cpu' ? '' : `, ${device} asked for`}`;
}

function machine(): string {
  const cores = availableParallelism();
  const load = number(loadavg()[0] ?? 0, 1);
  const model = cpus()[0]?.model.trim() ?? process.arch;
  return `${model}, ${cores} ${cores === 1 ? 'core' : 'cores'}, load of the machine ${load}, Node ${process.versions.node}`;
}

function row(what: string, value: string, how: string): string {
  return `${what.padEnd(14)}${value.padStart(16)}   ${how}`;
}

/** The smallest value that the share of all does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
