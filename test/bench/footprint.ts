/** Memory, processes and sizes. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createChildEngine } from '../../src/runtime/process/childEngine';
import type { BenchContext } from './context';
import { childEngine } from './latency';
import { megabytes, number, type Row, timeMs } from './measure';
import { TextMaker } from '../../src/cli/modelSpeed/texts';
import { isAlive } from '../support/killing';

/** Cost of ever more abstracts, each a document of its own. */
export async function manyAbstracts(context: BenchContext): Promise<Row> {
  const counts = context.isQuick ? [5, 10, 20] : context.isLong ? [100, 1000, 10_000] : [100, 300, 1000];
  const engine = childEngine(context);
  await engine.load();
  const maker = new TextMaker(7);
  const measured: string[] = [];
  for (const count of counts) {
    let tokens = 0;
    const tookMs = await timeMs(async () => {
      for (let i = 0; i < count; i++) {
        const document = `abstract ${count} ${i}`;
        tokens += (await engine.tag({ document, text: maker.abstract(), format: 'plain' })).tokens;
        engine.forget(document);
      }
    });
    const memory = megabytes(engine.status.memoryBytes ?? Number.NaN);
    measured.push(
      `${number(count)}: ${number((1e6 * tookMs) / tokens / 1000, 1)} ms per 1,000 tokens, ${memory}`,
    );
  }
  await engine.dispose();
  return { what: 'Cost of N abstracts', measured: measured.join('; '), aim: 'linear, memory flat' };
}

export async function childMemory(context: BenchContext): Promise<Row[]> {
  const idleSeconds = 0.5;
  const { modelPaths, childPath, threads } = context;
  let pid = 0;
  const note = (line: string) => {
    const found = /engine process (\d+) started/.exec(line)?.[1];
    if (found !== undefined) pid = Number(found);
  };
  const log = { debug: note, info: note, warn: note, error: note };
  const engine = createChildEngine({ modelPaths, childPath, threads, idleMinutes: idleSeconds / 60, log });
  await engine.tag({ document: 'a', text: new TextMaker(8).abstract(), format: 'plain' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const memory = engine.status.memoryBytes ?? Number.NaN;
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000 + 500));
  const isGone = !isAlive(pid);
  await engine.dispose();
  return [
    { what: 'Child process with the tagger loaded and used', measured: megabytes(memory), aim: '≤ 350 MB' },
    {
      what: `Child process ${idleSeconds + 0.5} s after its last request, idle limit ${idleSeconds} s`,
      measured: isGone ? 'gone' : 'still there',
      aim: 'gone',
    },
  ];
}

export function sizes({ root }: BenchContext): Row[] {
  const extension = path.join(root, 'dist/extension.js');
  const rows: Row[] = [];
  if (fs.existsSync(extension)) {
    const measured = `${number(fs.statSync(extension).size / 1000)} kB`;
    rows.push({ what: '`dist/extension.js`', measured, aim: '≤ 280 kB' });
  }
  for (const folder of [root, path.join(root, 'dist')]) {
    for (const file of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
      if (!file.endsWith('.vsix')) continue;
      rows.push({
        what: `\`${file}\``,
        measured: megabytes(fs.statSync(path.join(folder, file)).size),
        aim: '≤ 100 MB',
      });
    }
  }
  return rows;
}
