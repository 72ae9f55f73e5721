/**
 * One window of the race in indexRace.ts: indexes documents, one after another.
 *
 *     node indexWindow.js DATABASE NAME DOCUMENTS [WRITE]
 *
 * With WRITE, it kills itself at that write to a file of the database, and SQLite is the WebAssembly build, whose writes
 * can be counted. Prints `ready`, waits for a line, then prints the name of each document that is in the index, and `end`.
 */
import fs from 'node:fs';
import { IndexDatabase } from '../../src/runtime/index/indexDatabase';
import type { IndexedPassage } from '../../src/protocol/indexMessages';

/** Enough to fill several pages of the database, so that a killed window may leave a part of them. */
const passagesOfDocument = 20;

function passage(text: string): IndexedPassage {
  const span = { start: 0, end: text.length };
  const runs = [{ start: 0, length: text.length, documentStart: 0, documentLength: text.length }];
  return { passage: { ...span, text, base: 0, runs, sentences: [span] }, sentenceLines: [1] };
}

/** Kills this process, as the system does when it has no memory, in the middle of a transaction or of a checkpoint. */
function killAtWrite(wanted: number): void {
  const write = fs.writeSync;
  let writes = 0;
  const counted = (...args: Parameters<typeof fs.writeSync>): number => {
    if (++writes === wanted) process.kill(process.pid, 'SIGKILL');
    return write(...args);
  };
  // The build calls the function of the module object.
  Object.assign(fs, { writeSync: counted });
}

async function main([file = '', name = '', documents = '0', killAt]: readonly string[]): Promise<void> {
  const database = new IndexDatabase(file, killAt === undefined ? {} : { prefer: 'wasm' });
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  if (killAt !== undefined) killAtWrite(Number(killAt));
  for (let i = 0; i < Number(documents); i++) {
    const document = `${name}-${i}`;
    const passages = Array.from({ length: passagesOfDocument }, (_, n) =>
      passage(`Passage ${n} of ${document}. ${'Tamoxifen lowers the risk of breast cancer. '.repeat(10)}`),
    );
    const vectors = passages.map(() => Float32Array.of(1, 0, 0, 0));
    await database.run((store) => store.put({ document, stamp: '1', content: 'c1', passages }));
    await database.run((store) =>
      store.putFindings({ document, models: 'm', relations: [], skippedPairs: 0, vectors }),
    );
    process.stdout.write(`${document}\n`);
  }
  process.stdout.write('end\n');
  process.stdin.destroy();
}

void main(process.argv.slice(2));
