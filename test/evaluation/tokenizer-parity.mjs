/**
 * Compares our WordPiece with `@huggingface/tokenizers`, id by id, on every sentence of a folder of corpora.
 *
 *   node test/evaluation/tokenizer-parity.mjs CORPORA_DIR MODEL_DIR [--cased] [--limit N]
 *
 * The reference lower-cases a whole text, so that JavaScript turns a Σ at the end of a word into ς; the Rust tokenizers
 * that models are trained with go character by character and give σ, as we do. It is therefore handed σ for Σ.
 *
 * Read are tables of one token a line (`.tsv`, a sentence ends at an empty line) and text (`.txt`, `.PubTator`,
 * `.jsonl`, one text a line), also packed with xz. Exit code 1 when an id differs.
 */
import { spawn } from 'node:child_process';
import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Tokenizer } from '@huggingface/tokenizers';
import { importTypeScript } from '../../scripts/importTypeScript.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cased: { type: 'boolean' }, limit: { type: 'string' }, show: { type: 'string', default: '10' } },
});
const [corpora, modelFolder] = positionals;
if (corpora === undefined || modelFolder === undefined) {
  console.error(
    'Usage: node test/evaluation/tokenizer-parity.mjs CORPORA_DIR MODEL_DIR [--cased] [--limit N]',
  );
  process.exit(2);
}

const { createTokenizer, vocabularyFromTokenizerJson } = await importTypeScript(
  new URL('../../', import.meta.url),
  ['src/core/tokens/encode', 'src/core/tokens/vocabulary'],
);
const readJson = (name) => JSON.parse(readFileSync(join(modelFolder, name), 'utf8'));
const json = readJson('tokenizer.json');
delete json.truncation;
delete json.padding;
json.normalizer.lowercase = !values.cased;
const reference = new Tokenizer(json, readJson('tokenizer_config.json'));
const ours = createTokenizer(vocabularyFromTokenizerJson(json), {
  lowercase: !values.cased,
  spaceChineseCharacters: true,
});

const limit = Number(values.limit ?? Infinity);
const counts = { texts: 0, tokens: 0, mismatches: 0 };
const started = performance.now();
for (const file of filesOf(corpora)) {
  for await (const text of textsOf(file)) {
    if (counts.texts >= limit) break;
    compare(text, file);
  }
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  `${values.cased ? 'cased' : 'uncased'}: ${counts.texts} texts, ${counts.tokens} tokens, ` +
    `${counts.mismatches} mismatches (${seconds} s)`,
);
process.exitCode = counts.mismatches > 0 ? 1 : 0;

function compare(text, file) {
  const given = values.cased ? text : text.replaceAll('Σ', 'σ');
  const expected = reference.encode(given, { add_special_tokens: false }).ids;
  const actual = ours.encode(text).ids;
  counts.texts += 1;
  counts.tokens += actual.length;
  let at = 0;
  while (at < expected.length && at < actual.length && expected[at] === actual[at]) at += 1;
  if (at === expected.length && at === actual.length) return;
  counts.mismatches += 1;
  if (counts.mismatches > Number(values.show)) return;
  const near = (ids) => [...ids.slice(Math.max(0, at - 2), at + 6)].join(' ');
  console.log(`${file}: piece ${at}: expected ${near(expected)}, got ${near(actual)}`);
  if (process.env.SHOW_TEXT) console.log(JSON.stringify(text));
}

function filesOf(folder) {
  const files = [];
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) files.push(...filesOf(path));
    else if (/\.(tsv|txt|pubtator|jsonl|tokens)(\.xz)?$/i.test(name)) files.push(path);
  }
  return files;
}

/** Sentences of a table, lines of anything else. A JSON line gives each of its strings. */
async function* textsOf(file) {
  const isTable = /\.tsv(\.xz)?$/.test(file);
  let tokens = [];
  for await (const line of linesOf(file)) {
    if (!isTable) {
      yield* /\.jsonl(\.xz)?$/.test(file) ? stringsOf(JSON.parse(line)) : [line];
      continue;
    }
    if (line.trim() !== '') tokens.push(line.split('\t', 1)[0]);
    else if (tokens.length > 0) {
      yield tokens.join(' ');
      tokens = [];
    }
  }
  if (tokens.length > 0) yield tokens.join(' ');
}

function linesOf(file) {
  const input = file.endsWith('.xz')
    ? spawn('xz', ['-dc', file], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout
    : createReadStream(file);
  return createInterface({ input, crlfDelay: Infinity });
}

function* stringsOf(value) {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* stringsOf(each);
}
