/** Large inputs through the program for the terminal, only with `--long`. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type CommandRun, runMeasured } from './command';
import type { BenchContext } from './context';
import { jatsArticle, lastName, type LongInput, recordId, risRecords } from './longInputs';
import { megabytes, number, type Row, times } from './measure';

/** The text with which the first result of each format begins. */
const firstResults = { bioc: '{"id":', jsonl: '{"document":' } as const;
type Format = keyof typeof firstResults;

/** Twice the input takes twice the time; a tenth more is what a busy machine adds. */
const linearAim = '≤ 2.2×';

/** `--records N` short records in one RIS file, beside half as many. */
export async function longRecords({ root, records }: BenchContext): Promise<Row[]> {
  const half = Math.max(1, Math.round(records / 2));
  const input = risRecords(records);
  return withInputs({ half: risRecords(half), whole: input }, 'ris', async (tag) => {
    const rows: Row[] = [];
    for (const [format, isReversed] of [
      ['bioc', false],
      ['jsonl', true],
    ] as const) {
      const sides = await bothSides((side) => tag(root, side, format), isReversed);
      const found = format === 'bioc' ? documentsWithTags(sides.whole) : partsWithTags(sides.whole, input);
      rows.push(...recordRows(format, { count: records, half, found, bytes: input.text.length }, sides));
    }
    return rows;
  });
}

interface RecordCounts {
  readonly count: number;
  readonly half: number;
  /** Number of records with a mention in the output. */
  readonly found: number;
  /** Size of the file. */
  readonly bytes: number;
}

function recordRows(format: Format, { count, half, found, bytes }: RecordCounts, sides: Sides): Row[] {
  const { whole } = sides;
  return [
    {
      what: `${number(count)} RIS records of a title and a sentence (${number(bytes / 1e6, 1)} MB), \`biobert tag --format ${format}\`: to the first result, to the last`,
      measured: `${seconds(sides.half.firstMs)} → ${seconds(whole.firstMs)}; ${seconds(whole.wholeMs)}`,
      aim: 'the first as soon as for half as many',
    },
    { what: 'Records with a mention in the output', measured: ofAll(found, count), aim: 'all' },
    overHalf(`as ${number(half)}`, sides, '≤ 1.1×'),
  ];
}

/** A JATS article of `--jats MB`, beside one of half the size. */
export async function longArticle({ root, jatsMB }: BenchContext): Promise<Row[]> {
  const input = jatsArticle(jatsMB * 1e6);
  return withInputs({ half: jatsArticle(jatsMB * 5e5), whole: input }, 'xml', async (tag) => {
    const sides = await bothSides((side) => tag(root, side, 'jsonl'), false);
    const last = entitiesOf(sides.whole).filter(({ text }) => text === lastName);
    const isFound = last.length === 1 && (last[0]?.start ?? 0) > (input.starts.at(-1) ?? Infinity);
    return [
      {
        what: `A JATS article of ${number(input.text.length / 1e6, 1)} MB, \`biobert tag\``,
        measured: seconds(sides.whole.wholeMs),
        aim: '',
      },
      {
        what: 'The name that stands only in its last paragraph',
        measured: isFound ? 'found' : 'not found',
        aim: 'found',
      },
      {
        what: 'Paragraphs with a mention in the output',
        measured: ofAll(partsWithTags(sides.whole, input), input.starts.length),
        aim: 'all',
      },
      overHalf('as half of it', sides, '≤ 2×'),
    ];
  });
}

interface Sides<Value = CommandRun> {
  readonly half: Value;
  readonly whole: Value;
}

type Tag = (root: string, side: keyof Sides, format: Format) => Promise<CommandRun>;

/** Writes the inputs to files, and removes them after the work. */
async function withInputs(
  inputs: Sides<LongInput>,
  extension: string,
  measure: (tag: Tag) => Promise<Row[]>,
): Promise<Row[]> {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-bench-'));
  const fileOf = (side: keyof Sides): string => path.join(work, `${side}.${extension}`);
  try {
    for (const side of ['half', 'whole'] as const) fs.writeFileSync(fileOf(side), inputs[side].text);
    return await measure((root, side, format) =>
      runMeasured(['tag', '--format', format, fileOf(side)], {
        root,
        work,
        firstResult: firstResults[format],
      }),
    );
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** One after the other, on an otherwise equal machine. */
async function bothSides(
  run: (side: keyof Sides) => Promise<CommandRun>,
  isReversed: boolean,
): Promise<Sides> {
  if (!isReversed) return { half: await run('half'), whole: await run('whole') };
  const whole = await run('whole');
  return { half: await run('half'), whole };
}

/** @param memoryAim For the ratio of memories; a file of records is worked on in parts, an article as a whole. */
function overHalf(asWhat: string, { half, whole }: Sides, memoryAim: string): Row {
  const over = (value: (run: CommandRun) => number): string => times(value(whole) / value(half));
  const memory = `${megabytes(half.peakBytes)} → ${megabytes(whole.peakBytes)}`;
  return {
    what: `Time, time on processors, and peak memory, over the same ${asWhat}`,
    measured: `${over((run) => run.wholeMs)}, ${over((run) => run.cpuMs)}, ${over((run) => run.peakBytes)} (${memory})`,
    aim: `${linearAim}, ${linearAim}, ${memoryAim}`,
  };
}

interface JsonLine {
  readonly entities: readonly { readonly start: number; readonly text: string }[];
}

function entitiesOf({ output }: CommandRun): JsonLine['entities'] {
  return output
    .trimEnd()
    .split('\n')
    .flatMap((line) => (JSON.parse(line) as JsonLine).entities);
}

/** Counts the records or paragraphs of the input that have a mention in JSON lines. */
function partsWithTags(run: CommandRun, { starts }: LongInput): number {
  const found = new Set<number>();
  let part = -1;
  for (const { start } of entitiesOf(run).toSorted((a, b) => a.start - b.start)) {
    while ((starts[part + 1] ?? Infinity) <= start) part += 1;
    found.add(part);
  }
  return found.size;
}

interface Collection {
  readonly documents: readonly {
    readonly id: string;
    readonly passages: readonly { readonly annotations: readonly unknown[] }[];
  }[];
}

/** Counts the records that are in a BioC collection with a mention, each once. */
function documentsWithTags({ output }: CommandRun): number {
  const { documents } = JSON.parse(output) as Collection;
  const tagged = documents.filter(({ passages }) =>
    passages.some(({ annotations }) => annotations.length > 0),
  );
  const ids = new Set(tagged.map(({ id }) => id));
  return documents.filter((_, index) => ids.has(recordId(index))).length;
}

function ofAll(found: number, all: number): string {
  return `${number(found)} of ${number(all)}`;
}

function seconds(ms: number): string {
  return `${number(ms / 1000, 1)} s`;
}
