/**
 * How well the cues that deny or weaken a relation are found, on the sentences of test/fixtures/cues.
 *   npm run cues [-- --mistakes]
 */
import { fileURLToPath } from 'node:url';
import { importTypeScript } from '../../scripts/importTypeScript.mjs';

const root = new URL('../../', import.meta.url);
const { mistakesIn, readCueSentences, scoreOf } = await importTypeScript(
  root,
  ['test/evaluation/cues'],
  'node',
);
const folder = fileURLToPath(new URL('test/fixtures/cues', root));

console.log('set          cue         right  told  gold  precision  recall      F1');
for (const set of ['development', 'scopes', 'held', 'held-scopes']) {
  const sentences = readCueSentences(folder, set);
  for (const name of ['negated', 'speculated']) {
    const { right, told, gold, precision, recall, f1 } = scoreOf(sentences, name);
    const counts = [right, told, gold].map((count) => String(count).padStart(5)).join(' ');
    const percents = [precision, recall, f1].map((value) => value.toFixed(2).padStart(8)).join(' ');
    console.log(`${set.padEnd(12)} ${name.padEnd(10)} ${counts}  ${percents}`);
    if (process.argv.includes('--mistakes'))
      for (const line of mistakesIn(sentences, name)) console.log(`  ${line}`);
  }
}
