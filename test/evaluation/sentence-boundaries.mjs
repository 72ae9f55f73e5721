/**
 * Scores our sentence splitter on named-entity corpora that come split in sentences.
 *
 *   node test/evaluation/sentence-boundaries.mjs CORPORA_DIR [--show N] [--only NAME]
 *
 * CORPORA_DIR holds `ner/` as the project's data notes describe it. For BC5CDR and NCBI-disease the sentences are
 * aligned to the original abstracts; the others exist as tokens only and are rejoined by the usual rules of spacing,
 * sentences of one document with a blank between them (a line without final punctuation, a heading, ends a paragraph).
 * Counted are boundaries inside a paragraph. The splitter was tuned on the train parts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importTypeScript } from '../../scripts/importTypeScript.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'string', default: '0' }, only: { type: 'string', default: '' } },
});
const [corpora] = positionals;
if (corpora === undefined) {
  console.error('Usage: node test/evaluation/sentence-boundaries.mjs CORPORA_DIR [--show N] [--only NAME]');
  process.exit(2);
}
const { splitSentences } = await importTypeScript(new URL('../../', import.meta.url), [
  'src/core/text/sentences',
]);
const ner = join(corpora, 'ner');
const cdr = 'BC5CDR_original_pubtator/CDR_Data/CDR.Corpus.v010516/CDR_';

const aligned = [
  ['BC5CDR train', 'BC5CDR/train.tsv', `${cdr}TrainingSet.PubTator.txt`],
  ['BC5CDR dev', 'BC5CDR/devel.tsv', `${cdr}DevelopmentSet.PubTator.txt`],
  ['BC5CDR test', 'BC5CDR/test.tsv', `${cdr}TestSet.PubTator.txt`],
  ['NCBI-disease train', 'NCBI-disease/train.tsv', 'NCBI-disease_original/train/NCBItrainset_corpus.txt'],
  ['NCBI-disease dev', 'NCBI-disease/devel.tsv', 'NCBI-disease_original/devel/NCBIdevelopset_corpus.txt'],
  ['NCBI-disease test', 'NCBI-disease/test.tsv', 'NCBI-disease_original/test/NCBItestset_corpus.txt'],
];
const rejoined = [
  ['JNLPBA (GENIA) train', 'JNLPBA_baderlab/train.tsv'],
  ['JNLPBA (GENIA) test', 'JNLPBA_baderlab/test.tsv'],
  ['BioNLP09 train', 'BioNLP09/train.tsv'],
  ['BioNLP09 test', 'BioNLP09/test.tsv'],
  ['Species-800 train', 's800_biobert/train.tsv'],
  ['Species-800 test', 's800_biobert/test.tsv'],
  ['CRAFT train', 'CRAFT-ggp/train.tsv'],
  ['CRAFT dev', 'CRAFT-ggp/devel.tsv'],
  ['linnaeus train', 'linnaeus/train.tsv'],
  ['linnaeus test', 'linnaeus/test.tsv'],
];

for (const [name, table, original] of aligned) score(name, alignedParagraphs(table, original), table);
for (const [name, table] of rejoined) score(name, rejoinedParagraphs(table), table);

/** @param paragraphs of {text, boundaries}: offsets at which a sentence begins, the first left out. */
function score(name, paragraphs, table) {
  if (!name.includes(values.only) || !existsSync(join(ner, table))) return;
  let shown = 0;
  const count = { right: 0, found: 0, gold: 0, paragraphs: 0 };
  for (const { text, boundaries } of paragraphs()) {
    const found = new Set(
      splitSentences(text)
        .slice(1)
        .map(({ start }) => start),
    );
    const gold = new Set(boundaries);
    count.paragraphs += 1;
    count.found += found.size;
    count.gold += gold.size;
    for (const at of found) {
      if (gold.has(at)) count.right += 1;
      else if (shown++ < Number(values.show)) console.log(`  extra:  ${around(text, at)}`);
    }
    for (const at of gold) {
      if (!found.has(at) && shown++ < Number(values.show)) console.log(`  missed: ${around(text, at)}`);
    }
  }
  const precision = (100 * count.right) / count.found;
  const recall = (100 * count.right) / count.gold;
  const f1 = (2 * precision * recall) / (precision + recall);
  const figures = [precision, recall, f1].map((value) => value.toFixed(2)).join('  ');
  console.log(
    `${name.padEnd(22)} P R F1  ${figures}   ${count.gold} boundaries, ${count.paragraphs} paragraphs`,
  );
}

function around(text, at) {
  return `${text.slice(Math.max(0, at - 60), at)}¦${text.slice(at, at + 40)}`.replaceAll('\n', ' ');
}

function sentencesOf(table) {
  const blocks = readFileSync(join(ner, table), 'utf8').split(/\n\s*\n/u);
  return blocks
    .map((block) =>
      block
        .split('\n')
        .map((line) => line.split('\t', 1)[0].trim())
        .filter(Boolean),
    )
    .filter((tokens) => tokens.length > 0);
}

/** Titles and abstracts as they were written; sentences found in them by their characters other than white space. */
function alignedParagraphs(table, original) {
  return function* () {
    const starts = new Set();
    let stream = '';
    for (const tokens of sentencesOf(table)) {
      starts.add(stream.length);
      stream += tokens.join('');
    }
    for (const line of readFileSync(join(ner, original), 'utf8').split('\n')) {
      const text = /^\d+\|[ta]\|(.*)$/u.exec(line)?.[1];
      if (text === undefined) continue;
      const places = [...text].length === text.length ? nonSpacePlaces(text) : [];
      const at = stream.indexOf(places.map((place) => text[place]).join(''));
      if (places.length === 0 || at < 0 || !starts.has(at)) continue;
      const boundaries = places.filter((_, i) => i > 0 && starts.has(at + i));
      yield { text, boundaries };
    }
  };
}

function nonSpacePlaces(text) {
  return Array.from(text, (_, i) => i).filter((i) => text[i].trim() !== '');
}

function rejoinedParagraphs(table) {
  return function* () {
    let text = '';
    let boundaries = [];
    for (const tokens of sentencesOf(table)) {
      const isMark = tokens[0] === '-DOCSTART-';
      const sentence = isMark ? '' : rejoin(tokens);
      if (text !== '' && sentence !== '') {
        text += ' ';
        boundaries.push(text.length);
      }
      text += sentence;
      if (isMark || !/[.!?]["')\]]*$/u.test(sentence) || boundaries.length >= 11) {
        if (text !== '') yield { text, boundaries };
        text = '';
        boundaries = [];
      }
    }
    if (text !== '') yield { text, boundaries };
  };
}

/** Undoes the tokeniser: blanks only where a typist sets them. */
function rejoin(tokens) {
  return tokens
    .join(' ')
    .replace(/ ([,;:.?!%)\]}])/gu, '$1')
    .replace(/([([{]) /gu, '$1')
    .replace(/ ([-/]) /gu, '$1')
    .replace(/ ' /gu, "'")
    .replace(/(?<=\d)([.,]) (?=\d)/gu, '$1')
    .replace(/\b([a-z])\. (?=[a-z]\.)/gu, '$1.');
}
