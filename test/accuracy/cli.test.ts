import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBioc } from '../../src/core/exports/bioc';
import { conceptColumnNames } from '../../src/core/exports/conceptColumns';
import { readBrat } from '../../src/core/exports/brat';
import type { JsonDocument } from '../../src/core/exports/jsonl';
import { readPubtator } from '../../src/core/exports/pubtator';
import { unescapeField } from '../../src/core/exports/tsv';
import { requireFile, root } from './gold';

const cli = path.join(root, 'dist/cli.js');
const samples = path.join(root, 'test/fixtures/abstracts');
const sampleFiles = readdirSync(samples).filter((file) => file !== 'README.md');

/** Cisplatin after an emoji, so that the three ways of counting differ. */
const emojiText = '😀 Cisplatin was given to patients with breast cancer.\n';

function run(args: readonly string[], options: { input?: string | Buffer; cwd?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: options.cwd ?? samples,
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

function jsonLines(stdout: string): readonly JsonDocument[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonDocument);
}

function sample(file: string): string {
  return readFileSync(path.join(samples, file), 'utf8');
}

let folder: string;

beforeAll(() => {
  requireFile('dist/cli.js', 'npm run build');
  requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
  folder = mkdtempSync(path.join(tmpdir(), 'biobert-cli-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('biobert tag, with identifiers', () => {
  const text = 'Metformin lowers TP53 in patients with breast cancer. We gave compound 7 to rats.\n';
  const ids = (stdout: string) =>
    jsonLines(stdout).flatMap(({ entities }) =>
      entities.map(({ text: name, concepts = [] }) => [name, concepts.map(({ id }) => id).join()]),
    );

  it('links names to the terminology that ships', () => {
    const { status, stdout, stderr } = run(['tag', '-'], { input: text });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(ids(stdout)).toEqual([
      ['Metformin', 'MESH:D008687'],
      ['TP53', 'NCBIGene:7157'],
      ['breast cancer', 'MESH:D001943'],
      ['rats', 'NCBITaxon:10116'],
    ]);
  });

  it('writes the identifiers of NCBI in PubTator format', () => {
    const { stdout } = run(['tag', '-f', 'pubtator', '-'], { input: text });
    const columns = stdout.split('\n').map((line) => line.split('\t'));
    expect(columns.filter(({ length }) => length === 6).map((each) => each[5])).toEqual([
      'MESH:D008687',
      '7157',
      'MESH:D001943',
      '10116',
    ]);
  });

  it('marks and identifies the terms of a user, and reports lines that it cannot read', () => {
    const terms = path.join(folder, 'terms.tsv');
    writeFileSync(terms, 'name\tid\ttype\ncompound 7\tLAB:7\tchemical\ncompound 8\tLAB:8\n');
    const { status, stdout, stderr } = run(['tag', '--no-link', '--terms', terms, '-'], { input: text });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^biobert: .*terms\.tsv: line 3: The line has no type\. .*\n$/);
    expect(ids(stdout)).toContainEqual(['compound 7', 'LAB:7']);
    expect(ids(stdout)).toContainEqual(['Metformin', '']);
  });

  it('says once that there is no terminology, and tags as without --link', () => {
    const empty = mkdtempSync(path.join(folder, 'empty-'));
    const plain = run(['tag', '--no-link', ...sampleFiles]);
    expect([plain.status, plain.stderr]).toEqual([0, '']);
    const { status, stdout, stderr } = run(['tag', '--terminology', empty, ...sampleFiles]);
    expect([status, stdout]).toEqual([0, plain.stdout]);
    expect(stderr.match(/warning: names have no identifiers/g)).toHaveLength(1);
    expect(run(['tag', '--quiet', '--terminology', empty, '-'], { input: text }).stderr).toBe('');
  });

  it('refuses a terminology or a file of terms that is not there', () => {
    const none = path.join(folder, 'none');
    expect(run(['tag', '--terminology', none, '-'], { input: text }).status).toBe(2);
    expect(run(['tag', '--terms', none, '-'], { input: text }).status).toBe(2);
  });

  it('identifies both ends of a relation', () => {
    const { stdout } = run(['relations', '--all', '-f', 'tsv', '-'], { input: text });
    const [header = [], ...rows] = stdout.split('\n').map((line) => line.split('\t'));
    const pairs = rows.map((row) => [row[header.indexOf('subject_id')], row[header.indexOf('object_id')]]);
    expect(pairs).toContainEqual(['MESH:D008687', 'NCBIGene:7157']);
  });

  it('writes less certain relations with --all only', () => {
    const rowsOf = (...options: string[]) =>
      run(['relations', '-f', 'tsv', ...options, ...sampleFiles])
        .stdout.trim()
        .split('\n')
        .slice(1);
    const [listed, all] = [rowsOf(), rowsOf('--all')];
    expect(listed.length).toBeGreaterThan(0);
    expect(all.length).toBeGreaterThan(listed.length);
    expect(all).toEqual(expect.arrayContaining(listed));
  });
});

describe('biobert tag, on the sample documents', () => {
  it('writes a line of JSON for each document, with offsets into its file', () => {
    const { status, stdout, stderr } = run(['tag', ...sampleFiles]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const documents = jsonLines(stdout);
    expect(documents.map(({ document }) => document)).toEqual(sampleFiles);
    for (const { document, entities } of documents) {
      expect(entities.length, document).toBeGreaterThan(0);
      for (const { start, end, text } of entities) expect(sample(document).slice(start, end)).toBe(text);
    }
  });

  it('writes the same mentions as a table', () => {
    const tsv = run(['tag', '-f', 'tsv', ...sampleFiles]);
    const rows = tsv.stdout
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t'));
    expect(rows[0]?.slice(0, 7)).toEqual(['document', 'start', 'end', 'type', 'probability', 'text', 'name']);
    expect(rows[0]?.slice(7)).toEqual([...conceptColumnNames]);
    for (const [document = '', start, end, , , text = ''] of rows.slice(1)) {
      expect(sample(document).slice(Number(start), Number(end))).toBe(unescapeField(text));
    }
    const count = jsonLines(run(['tag', ...sampleFiles]).stdout).reduce(
      (sum, each) => sum + each.entities.length,
      0,
    );
    expect(count).toBeGreaterThan(0);
    expect(rows).toHaveLength(count + 1);
  });

  it('writes PubTator with a document for each publication, named by its PMID', () => {
    const documents = readPubtator(run(['tag', '-f', 'pubtator', 'export.nbib', 'abstract.txt']).stdout);
    expect(documents.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['99900001', '99900002', 'abstract']),
    );
    const rows = run(['tag', '-f', 'pubtator', 'export.nbib'])
      .stdout.split('\n')
      .filter((line) => /^\d+\t/.test(line));
    expect(rows.length).toBeGreaterThan(0);
    for (const [id, start, end, text] of rows.map((row) => row.split('\t'))) {
      const characters = Array.from(documents.find((each) => each.id === id)?.text ?? '');
      expect(characters.slice(Number(start), Number(end)).join('')).toBe(text);
    }
  });

  it('writes BioC with as many mentions as JSON lines, whose offsets give their text', () => {
    const collection = JSON.parse(run(['tag', '-f', 'bioc', ...sampleFiles]).stdout) as {
      documents: {
        passages: {
          offset: number;
          text: string;
          annotations: { text: string; locations: { offset: number; length: number }[] }[];
        }[];
      }[];
    };
    const passages = collection.documents.flatMap((document) => document.passages);
    expect(passages.flatMap(({ annotations }) => annotations).length).toBeGreaterThan(0);
    for (const passage of passages) {
      for (const { text, locations } of passage.annotations) {
        const from = (locations[0]?.offset ?? 0) - passage.offset;
        expect(
          Array.from(passage.text)
            .slice(from, from + (locations[0]?.length ?? 0))
            .join(''),
        ).toBe(text);
      }
    }
    const found = readBioc(JSON.stringify(collection)).reduce((sum, each) => sum + each.mentions.length, 0);
    const expected = jsonLines(run(['tag', ...sampleFiles]).stdout).reduce(
      (sum, each) => sum + each.entities.length,
      0,
    );
    expect(found).toBe(expected);
  });

  it('writes pairs of files for brat, and replaces existing files only with --force', () => {
    const output = path.join(folder, 'brat');
    expect(run(['tag', '-f', 'brat', '-o', output, ...sampleFiles])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
    const documents = jsonLines(run(['tag', ...sampleFiles]).stdout);
    expect(documents).toHaveLength(sampleFiles.length);
    for (const document of documents) {
      const stem = path.join(output, document.document.replace(/\.txt$/, ''));
      const text = readFileSync(`${stem}.txt`, 'utf8');
      const source = sample(document.document);
      expect(text).toBe(source.replaceAll('\r\n', '\n'));
      const { mentions } = readBrat('', source, readFileSync(`${stem}.ann`, 'utf8'));
      expect(mentions).toEqual(
        document.entities.map(({ start, end, text: mention, type, probability }) => ({
          start,
          end,
          text: mention,
          type,
          probability,
          annotator: {
            name: expect.stringMatching(/^BioBERT compact tagger /) as string,
            hash: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
          },
        })),
      );
    }
    expect(readFileSync(path.join(output, 'annotation.conf'), 'utf8')).toContain(
      '[entities]\nGene\nDisease\nChemical\n',
    );
    writeFileSync(path.join(output, 'abstract.ann'), 'corrected by hand');
    const again = run(['tag', '-f', 'brat', '-o', output, 'abstract.txt']);
    expect(again.status).toBe(1);
    expect(again.stderr).toMatch(
      /^biobert: abstract\.txt: abstract\.ann or abstract\.txt exists already .*--force.* \(BB305\)\n$/,
    );
    expect(readFileSync(path.join(output, 'abstract.ann'), 'utf8')).toBe('corrected by hand');
    expect(run(['tag', '-f', 'brat', '-o', output, '--force', 'abstract.txt']).status).toBe(0);
    expect(readFileSync(path.join(output, 'abstract.ann'), 'utf8')).toMatch(/^T1\t/);
  });
});

describe('biobert tag, on unusual input', () => {
  it('reads standard input, and counts offsets as each format requires', () => {
    const [json] = jsonLines(run(['tag', '-'], { input: emojiText }).stdout);
    expect(json).toMatchObject({
      document: '-',
      entities: [
        { start: 3, end: 12, text: 'Cisplatin', type: 'Chemical' },
        { text: 'breast cancer', type: 'Disease' },
      ],
    });
    expect(run(['tag', '-f', 'pubtator'], { input: emojiText }).stdout).toContain(
      'stdin\t2\t11\tCisplatin\tChemical\tMESH:D002945\n',
    );
  });

  it('recognises a MEDLINE export on standard input by its beginning', () => {
    const [json] = jsonLines(run(['tag'], { input: sample('export.nbib') }).stdout);
    expect(json?.entities).toEqual(jsonLines(run(['tag', 'export.nbib']).stdout)[0]?.entities);
  });

  it('writes the title of a publication first, even if the file has it last', () => {
    const ris = 'TY  - JOUR\nAN  - 7\nAB  - Aspirin was given.\nTI  - A trial of aspirin\nER  - \n';
    expect(run(['tag', '-f', 'pubtator'], { input: ris }).stdout).toMatch(
      /^7\|t\|A trial of aspirin\n7\|a\|Aspirin was given\.\n7\t11\t18\taspirin\tChemical\tMESH:D001241\n7\t19\t26\tAspirin\tChemical\tMESH:D001241\n\n$/,
    );
  });

  it('leaves out other types and low probabilities', () => {
    const [all] = jsonLines(run(['tag', '-p', '0', 'abstract.txt']).stdout);
    const [some] = jsonLines(run(['tag', '-p', '0.9', '-t', 'gene,Disease', 'abstract.txt']).stdout);
    const probable = all?.entities.filter(
      ({ type, probability }) => (type === 'Gene' || type === 'Disease') && (probability ?? 0) >= 0.9,
    );
    expect(some?.entities).toEqual(expect.arrayContaining(probable ?? []));
    // A name that is probable in the whole document is tagged wherever it stands.
    const names = new Set(probable?.map(({ text }) => text));
    expect(some?.entities.filter(({ text }) => !names.has(text))).toEqual([]);
    expect(
      some?.entities.every(({ type, probability }) => type !== 'Chemical' && (probability ?? 0) >= 0.9),
    ).toBe(true);
    expect(some?.entities.length).toBeLessThan(all?.entities.length ?? 0);
  });

  it.each([
    ['a UTF-8 byte order mark', Buffer.from(`\uFEFF${emojiText}`, 'utf8')],
    ['a UTF-16 byte order mark', Buffer.from(`\uFEFF${emojiText}`, 'utf16le')],
  ])('does not count %s in offsets', (_, bytes) => {
    const file = path.join(folder, 'bom.txt');
    writeFileSync(file, bytes);
    expect(jsonLines(run(['tag', file]).stdout)[0]?.entities[0]).toMatchObject({
      start: 3,
      text: 'Cisplatin',
    });
  });

  it('counts carriage returns in offsets', () => {
    const text = 'A note.\r\n\r\nCisplatin was\r\ngiven.\r\n';
    const [json] = jsonLines(run(['tag'], { input: text }).stdout);
    expect(json?.entities).toMatchObject([{ start: text.indexOf('Cisplatin'), text: 'Cisplatin' }]);
  });

  it('names what is in styled letters and in an enumeration as a reader would search for it', () => {
    const text = [
      'The cytokines IL-2, -4 and -10 rose in patients with asthma.',
      'Levels of \uFF34\uFF2E\uFF26 and HER\u200C2 fell after treatment with \uFB02uoxetine.',
    ].join('\n\n');
    const [json] = jsonLines(run(['tag'], { input: text }).stdout);
    const names = json?.entities.map(({ text: mention, name = mention }) => name);
    expect(names).toEqual(['IL-2', 'IL-4', 'IL-10', 'asthma', 'TNF', 'HER2', 'fluoxetine']);
    for (const { start, end, text: mention } of json?.entities ?? [])
      expect(text.slice(start, end)).toBe(mention);
  });

  it('tags a text with lone surrogates', () => {
    const file = path.join(folder, 'lone.txt');
    writeFileSync(
      file,
      Buffer.from(
        '\uFEFFA\uD83D Cisplatin was given to many patients in the second arm of the trial.',
        'utf16le',
      ),
    );
    expect(jsonLines(run(['tag', file]).stdout)[0]?.entities[0]).toMatchObject({
      start: 3,
      text: 'Cisplatin',
    });
  });

  it('reads the encoding that is named, or says which one it has recognised', () => {
    const file = path.join(folder, 'latin.txt');
    writeFileSync(
      file,
      Buffer.from(
        'Sjögren syndrome was treated with cisplatin in all of the patients of the second group.',
        'latin1',
      ),
    );
    const guessed = run(['tag', file]);
    expect(guessed.status).toBe(0);
    expect(guessed.stderr).toMatch(/warning: It is no UTF-8, so it was read as Windows-1252.*--encoding/);
    expect(guessed.stdout).toBe(run(['tag', '--encoding', 'windows-1252', file]).stdout);
    const named = run(['tag', '--encoding', 'windows-1252', file]);
    expect(named.stderr).toBe('');
    expect(jsonLines(named.stdout)[0]?.entities.at(-1)).toMatchObject({ text: 'cisplatin' });
  });

  it('writes an empty list for an empty file', () => {
    const file = path.join(folder, 'empty.txt');
    writeFileSync(file, '');
    expect(run(['tag', file])).toEqual({
      status: 0,
      stdout: `${JSON.stringify({ document: file, entities: [] })}\n`,
      stderr: '',
    });
  });

  it('reports each unreadable file, tags the others and exits with 1', () => {
    const binary = path.join(folder, 'image.png');
    writeFileSync(binary, Buffer.from(Array.from({ length: 4000 }, (_, index) => index % 251)));
    const { status, stdout, stderr } = run(['tag', 'missing.txt', binary, samples, 'abstract.txt']);
    expect(status).toBe(1);
    expect(jsonLines(stdout).map(({ document }) => document)).toEqual(['abstract.txt']);
    expect(stderr.split('\n')).toEqual([
      'biobert: missing.txt: There is no such file. Check the path. (BB303)',
      expect.stringMatching(/^biobert: .*image\.png: .* \(BB302\)$/),
      expect.stringMatching(/^biobert: .*abstracts: It is a folder\. Add --recursive .* \(BB303\)$/),
      '',
    ]);
  });

  it('refuses a file of more than 50 MB before reading it', () => {
    const file = path.join(folder, 'large.txt');
    writeFileSync(file, Buffer.alloc(51 * (1 << 20), 'a '));
    expect(run(['tag', file])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/larger than 50 MB\..*\(BB301\)\n$/) as string,
    });
  });

  it('tags the documents of a folder in order, and skips hidden folders', () => {
    const tree = path.join(folder, 'tree');
    mkdirSync(path.join(tree, 'b/.git'), { recursive: true });
    for (const file of ['b/2.md', 'a.txt', 'b/.git/x.txt', 'b/1.nbib', 'photo.jpg'])
      writeFileSync(path.join(tree, file), 'Aspirin.');
    const documents = jsonLines(run(['tag', '-r', tree]).stdout).map(({ document }) =>
      path.relative(tree, document),
    );
    expect(documents).toEqual(['a.txt', path.join('b', '1.nbib'), path.join('b', '2.md')]);
  });

  it('reports a model folder without a model', () => {
    const { status, stdout, stderr } = run(['tag', '--model', folder, 'abstract.txt']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^biobert: .+ \(BB1\d\d\)\n$/);
  });
});

describe('biobert, as a Unix command', () => {
  it.each([
    [['tag', '--format', 'xml', 'abstract.txt'], /Allowed choices are jsonl/],
    [['tag', '--min-probability', '2', 'abstract.txt'], /a number from 0 to 1/],
    [['tag', '--threads', 'many', 'abstract.txt'], /a whole number/],
    [['tag', '--types', 'Animal', 'abstract.txt'], /no type Animal\. It knows Gene, Disease, Chemical/],
    [['tag', '--format', 'brat', 'abstract.txt'], /--output/],
    [['tag', '-', '-'], /once only/],
    [['tag', '--output', 'abstract.txt', 'abstract.txt'], /would replace a document/],
    [['tag', '--unknown'], /unknown option '--unknown'/],
    [['frobnicate'], /unknown command/],
  ])('exits with 2 after wrong use: %j', (args, message) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^biobert: /);
    expect(stderr).toMatch(message);
  });

  it('prints version and help on standard output', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(run(['tag', '--help'])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('Examples:') as string,
    });
  });

  it('ends without an error when its output is closed', async () => {
    const child = spawn(process.execPath, [cli, 'tag', ...Array.from({ length: 200 }, () => 'export.nbib')], {
      cwd: samples,
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(process.platform === 'win32')(
    'exits with 130 at Ctrl+C and leaves well-formed output',
    async () => {
      const child = spawn(
        process.execPath,
        [cli, 'tag', '-f', 'bioc', ...Array.from({ length: 2000 }, () => 'export.nbib')],
        { cwd: samples },
      );
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => {
        if (stdout.length < 200 && stdout.length + chunk.length >= 200) child.kill('SIGINT');
        stdout += chunk.toString();
      });
      const status = await new Promise((resolve) => child.on('close', resolve));
      expect(status).toBe(130);
      const { length } = readBioc(stdout);
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThan(4000);
    },
  );
});
