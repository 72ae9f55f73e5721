// `node test/bench/manyLines.mjs INDEX DOCUMENTS FOLDER`: repeats the lines of an index of `biobert index` under new names of
// documents, in files of 10,000 lines, so that a merge of many documents can be measured without reading them.
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';

const [index, documents, folder] = process.argv.slice(2);
const perFile = 10_000;
const lines = fs.readFileSync(index, 'utf8').split('\n').slice(0, -1);
// JSON.stringify would write numbers and keys anew; only the name at the beginning changes.
const rests = lines.map((line) =>
  line.slice(`{"document":${JSON.stringify(JSON.parse(line).document)}`.length),
);
fs.mkdirSync(folder, { recursive: true });
for (let first = 0; first < Number(documents); first += perFile) {
  const file = fs.createWriteStream(path.join(folder, `${first / perFile}.jsonl`));
  for (let number = first; number < Math.min(first + perFile, Number(documents)); number += 1) {
    const name = `papers/pubmed25n0001-${String(number).padStart(8, '0')}.xml`;
    const written = file.write(`{"document":"${name}"${rests[number % rests.length]}\n`);
    if (!written) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}
