import * as fs from 'node:fs';
import * as path from 'node:path';
import { decodeBytes } from '../../../src/core/text/decodeBytes';
import type { DocumentFormat } from '../../../src/core/types';
import { hostileDocument } from '../../support/hostileTexts';
import type { Random } from '../../support/random';
import { type CommandEnd, runCommand } from '../command';
import type { Counts, Scenario, SoakContext } from '../scenario';

const limitMs = 240_000;

/** Documents that a disk, a transfer or an attacker has damaged, tagged by `biobert tag` in one run. */
export const hostileDocuments: Scenario = {
  title: 'Damaged and hostile documents through `biobert tag`',
  unit: 'documents',
  run: async (context) => {
    const documents = writeDocuments(context);
    const end = await runCommand(context.root, ['tag', '--recursive', context.scratch], { limitMs });
    return judge(documents, end, context);
  },
};

function writeDocuments({ root, scratch, random, isShort }: SoakContext): ReadonlyMap<string, Buffer> {
  const samples = path.join(root, 'test/fixtures/abstracts');
  const names = fs.readdirSync(samples);
  const documents = new Map<string, Buffer>();
  const add = (name: string, bytes: Buffer): void => {
    const file = path.join(scratch, `${String(documents.size)}-${name}`);
    fs.writeFileSync(file, bytes);
    documents.set(file, bytes);
  };
  for (let i = 0; i < (isShort ? 12 : 50); i++) {
    const name = random.pick(names);
    add(name, damage(fs.readFileSync(path.join(samples, name)), random));
  }
  for (let i = 0; i < (isShort ? 3 : 10); i++) {
    const { text, format } = hostileDocument(random.childSeed(), isShort ? 10_000 : 100_000);
    add(`hostile${endings[format]}`, Buffer.from(text));
  }
  return documents;
}

/** Endings of file names by which each format is recognised. */
const endings: Readonly<Record<DocumentFormat, string>> = {
  plain: '.txt',
  markdown: '.md',
  latex: '.tex',
  bibtex: '.bib',
  medline: '.nbib',
  ris: '.ris',
  jats: '.xml',
  notebook: '.ipynb',
  wos: '.ciw',
  endnote: '.enw',
  'pubmed-text': '.txt',
  table: '.csv',
  'csl-json': '.json',
  cord19: '.json',
  'xml-records': '.xml',
  paper: '.txt',
  typst: '.typ',
  restructuredtext: '.rst',
  asciidoc: '.adoc',
  org: '.org',
};

const damages: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  // A transfer that broke off.
  (bytes, random) => bytes.subarray(0, random.between(0, bytes.length)),
  // Some bytes replaced at random.
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < 20; i++) copy[random.between(0, copy.length - 1)] = random.between(0, 255);
    return copy;
  },
  // A stretch repeated many times.
  (bytes, random) => {
    const start = random.between(0, bytes.length - 1);
    const unit = bytes.subarray(start, start + random.between(1, 40));
    const repeated = Buffer.concat(Array.from({ length: random.between(100, 5000) }, () => unit));
    return Buffer.concat([bytes.subarray(0, start), repeated, bytes.subarray(start)]);
  },
  // Saved in another encoding, with and without a byte order mark.
  (bytes, random) => Buffer.from(`${random.oneIn(2) ? '\uFEFF' : ''}${bytes.toString('utf8')}`, 'utf16le'),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  // Line ends of another system, or missing altogether.
  (bytes, random) =>
    Buffer.from(bytes.toString('utf8').replaceAll('\n', random.pick(['\r', '\r\n', '\0', ' ']))),
  // Characters that change direction, join, or are half of a pair.
  (bytes, random) => {
    const text = bytes.toString('utf8');
    const at = random.between(0, text.length);
    const strange = random.pick(['\u202E', '\u200D', '\u0301'.repeat(500), '😀', '\0', '\uFFFF', '\u2028']);
    return Buffer.from(`${text.slice(0, at)}${strange}${text.slice(at)}`);
  },
  (_, random) => Buffer.from(Array.from({ length: random.between(0, 5000) }, () => random.between(0, 255))),
];

function damage(bytes: Buffer, random: Random): Buffer {
  return random.pick(damages)(bytes, random);
}

interface TaggedLine {
  readonly document: string;
  readonly entities: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

/** Each document must be written or refused with a code, and each mention must be the text at its place. */
function judge(documents: ReadonlyMap<string, Buffer>, end: CommandEnd, { complain }: SoakContext): Counts {
  if (end.hung) complain('biobert tag did not end');
  if (end.signal !== undefined) complain(`biobert tag was ended by ${end.signal}`);
  const internal = /^.*\(BB901\)$/gmu.exec(end.stderr);
  if (internal) complain(internal[0]);
  const lines = end.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TaggedLine);
  const written = new Map(lines.map((line) => [line.document, line]));
  let lost = 0;
  let wrong = (end.signal !== undefined && !end.hung ? 1 : 0) + (internal ? 1 : 0);
  for (const [file, bytes] of documents) {
    const line = written.get(file);
    if (line) {
      const { text } = decodeBytes(bytes);
      const misplaced = line.entities.filter(
        (entity) => text.slice(entity.start, entity.end) !== entity.text,
      );
      if (misplaced.length === 0) continue;
      complain(`${file}: ${String(misplaced.length)} mentions are not the text at their place`);
      wrong++;
    } else if (!end.stderr.includes(`${file}: `)) {
      complain(`${file}: neither written nor refused`);
      lost++;
    }
  }
  return { tried: documents.size, lost, hung: end.hung ? 1 : 0, wrong };
}
