import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { writeJsonLine, writeJsonRelations } from '../../src/core/exports/jsonl';
import { roundProbability } from '../../src/core/exports/mention';
import type * as Library from '../../src/library';
import { column, writePdf } from '../support/pdfWriter';
import { startFakeServer } from '../support/fakeInferenceServer';
import { servedFolder } from '../support/servedFolder';
import { writeTinyQuestions } from '../support/tinyQuestions';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, root } from './engines';

/** The bundle of the package, with its own copies of all classes. */
const { openEngine, BioBertError, CancelledError, errorCodes } = createRequire(import.meta.url)(
  path.join(root, 'dist/library.js'),
) as typeof Library;

const { folder } = disposables();
const open: Library.Engine[] = [];
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
});

function own(engine: Library.Engine): Library.Engine {
  open.push(engine);
  return engine;
}

/** Runs `biobert`. @returns what it prints. */
async function cli(...args: readonly string[]): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [path.join(root, 'dist/cli.js'), ...args, '--quiet']);
  return stdout;
}

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await errorOf(promise);
  return error instanceof BioBertError ? error.code : error;
}

async function all(documents: AsyncIterable<Library.TextDocument>): Promise<Library.TextDocument[]> {
  const found: Library.TextDocument[] = [];
  for await (const document of documents) found.push(document);
  return found;
}

const text = 'Aspirin may not inhibit BRCA1. Carriers of asthma took tamoxifen.\n';
const engines = [
  { name: 'in this process', inProcess: true },
  { name: 'in a child process', inProcess: false },
];

describe.each(engines)('the library $name', ({ inProcess }) => {
  /** An engine with tiny models, which know few words and load at once. */
  function tiny(options: Library.OpenOptions & { readonly slowness?: number } = {}) {
    const { slowness, ...more } = options;
    const at = folder();
    const models = {
      tagger: writeTinyTagger(path.join(at, 'tagger'), slowness === undefined ? {} : { slowness }),
      relations: writeTinyRelations(path.join(at, 'relations')),
      questions: writeTinyQuestions(path.join(at, 'questions')),
    };
    return { at, models, engine: own(openEngine({ inProcess, models, ...more })) };
  }

  it(
    'tags, relates and answers as the command line does, with the models that ship',
    { timeout: 180_000 },
    async () => {
      const engine = own(openEngine({ inProcess }));
      const file = path.join(root, 'samples/abstract.txt');
      const document = await engine.readDocument(file);
      const { entities, unread, model } = await engine.tag(document);
      expect(writeJsonLine(file, entities)).toBe(await cli('tag', file));
      expect(entities.some(({ concepts }) => concepts !== undefined)).toBe(true);
      expect({ unread, name: model.name }).toEqual({ unread: [], name: expect.any(String) as string });
      const { relations } = await engine.relations(document);
      expect(relations.length).toBeGreaterThan(0);
      expect(writeJsonRelations(file, relations)).toBe(await cli('relations', file));
      const question = 'What does metformin reduce?';
      const { answers } = await engine.ask(question, document);
      const lines = answers.map((answer) =>
        JSON.stringify({ ...answer, probability: roundProbability(answer.probability) }),
      );
      expect(lines.length).toBeGreaterThan(0);
      expect(`${lines.join('\n')}\n`).toBe(await cli('ask', '--format', 'jsonl', question, file));
    },
  );

  it('reads a file of many records in parts, with offsets of the whole file', async () => {
    const { at, models, engine } = tiny();
    const file = path.join(at, 'export.ris');
    const record = (i: number) => `TY  - JOUR\nTI  - Aspirin ${i}\nAB  - Carriers of BRCA1.\nER  - \n`;
    fs.writeFileSync(file, Array.from({ length: 250 }, (_, i) => record(i)).join('\n'));
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    const document = await engine.readDocument(file);
    const { entities } = await engine.tag(document, { onProgress });
    expect(entities).toHaveLength(500);
    for (const { start, end, text } of entities) expect(document.text.slice(start, end)).toBe(text);
    const lines = (await cli('tag', '--model', models.tagger, file)).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    const written = lines.flatMap((line) => (JSON.parse(line) as { entities: unknown[] }).entities);
    const own = JSON.parse(writeJsonLine(file, entities)) as { entities: unknown[] };
    expect(own.entities).toEqual(written);
    expect(Math.max(...shares)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  it('takes a text, a text with a name, and several calls at once', async () => {
    const { engine } = tiny();
    const [first, second, third] = await Promise.all([
      engine.tag(text),
      engine.tag({ text: '**Aspirin** took BRCA1.', name: 'a.md' }),
      engine.tag({ text: '\\emph{Aspirin} took TP53.', name: 'b.txt', format: 'latex' }),
    ]);
    expect(first.entities.map(({ name }) => name)).toEqual(['Aspirin', 'BRCA1', 'asthma', 'tamoxifen']);
    expect(first.document).toBe('');
    expect(second.document).toBe('a.md');
    expect(second.entities.map(({ start, name }) => [start, name])).toEqual([
      [2, 'Aspirin'],
      [17, 'BRCA1'],
    ]);
    expect(third.entities.map(({ name }) => name)).toEqual(['Aspirin', 'TP53']);
  });

  it('finds the types that are named, links unless told not to, and knows terms of the user', async () => {
    const { engine } = tiny();
    const terms = [{ name: 'Carriers', id: 'OUR:1', type: 'Disease' }];
    const { entities } = await engine.tag(text, { types: ['disease'], terms });
    expect(entities.map(({ name, concepts }) => [name, concepts?.[0]?.id])).toEqual([
      ['Carriers', 'OUR:1'],
      ['asthma', 'MESH:D001249'],
    ]);
    const unlinked = await engine.tag(text, { link: false });
    expect(unlinked.entities.filter(({ concepts }) => concepts !== undefined)).toEqual([]);
    const without = await tiny({ terminology: false }).engine.tag(text);
    expect(without.entities.filter(({ concepts }) => concepts !== undefined)).toEqual([]);
    const { relations } = await engine.relations(text, { types: ['Inhibitor'] });
    expect(relations.map(({ type, negated }) => [type, negated?.text])).toEqual([['inhibitor', 'not']]);
  });

  it('answers from many texts, of which some have no prose, and decides between yes and no', async () => {
    const { engine } = tiny();
    const texts = ['', { name: 'b.txt', text: 'Carriers of BRCA1.' }];
    const { answers, kind } = await engine.ask('Which gene?', texts);
    expect(kind).toBe('factoid');
    expect(answers).toMatchObject([{ document: 'b.txt', start: 12, end: 17, text: 'BRCA1' }]);
    const { answers: none, verdict } = await engine.ask(
      'Does aspirin treat asthma?',
      'Aspirin treats asthma.',
    );
    expect(none).toEqual([]);
    expect(verdict).toMatchObject({ answer: 'yes', papers: { supports: 1, contradicts: 0 } });
  });

  it('cancels a call, and works on', async () => {
    const { engine } = tiny({ slowness: 1500 });
    expect(await errorOf(engine.tag(text, { signal: AbortSignal.abort() }))).toBeInstanceOf(CancelledError);
    const controller = new AbortController();
    const long = Array.from({ length: 2000 }, (_, i) => `Carriers of BRCA1 took aspirin ${i}.`).join('\n\n');
    const onProgress = () => controller.abort();
    const error = await errorOf(engine.tag(long, { signal: controller.signal, onProgress }));
    expect(error).toBeInstanceOf(CancelledError);
    expect((await engine.tag(text)).entities).toHaveLength(4);
  });

  it('asks a server, if there is one', async () => {
    const { models, engine } = tiny();
    const inputs = ['input_ids', 'attention_mask', 'token_type_ids'];
    const tagger = await servedFolder(models.tagger, { inputs, outputs: ['logits'] });
    const server = await startFakeServer({ tagger });
    try {
      const there = own(openEngine({ inProcess, models, server: { url: server.url } }));
      expect((await there.tag(text)).entities).toEqual((await engine.tag(text)).entities);
      expect(server.requests.length).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  });

  it('says what is missing and how to name it', async () => {
    const engine = own(openEngine({ inProcess, models: { tagger: '/no/such/folder' } }));
    const error = await errorOf(engine.tag(text));
    expect(error).toMatchObject({
      code: errorCodes.MODEL_NOT_FOUND,
      nextStep: 'Name the folder of a tagger with the option models.tagger, or install BioBERT again.',
    });
  });

  it('refuses wrong arguments with what is right', async () => {
    const { engine } = tiny();
    const wrong = errorCodes.ARGUMENT_INVALID;
    expect(await errorOf(engine.tag(text, { types: ['Organ'] }))).toMatchObject({
      code: wrong,
      message: 'The model has no type Organ.',
      nextStep: 'It knows Gene, Disease, Chemical.',
    });
    expect(await codeOf(engine.tag(text, { minProbability: 40 }))).toBe(wrong);
    expect(await codeOf(engine.tag(text, { types: 'Gene' as 'all' }))).toBe(wrong);
    expect(await codeOf(engine.relations(text, { types: 'treats' as unknown as string[] }))).toBe(wrong);
    expect(await codeOf(engine.tag(undefined as unknown as string))).toBe(wrong);
    expect(await codeOf(engine.ask('Which gene?', text, { maxAnswers: 0 }))).toBe(wrong);
    expect(await codeOf(engine.ask('Which gene?', undefined as unknown as string))).toBe(wrong);
    expect(await codeOf(engine.ask(undefined as unknown as string, text))).toBe(wrong);
    expect(await codeOf(engine.ask(' ', text))).toBe(errorCodes.QUESTION_EMPTY);
    expect(await codeOf(engine.ask('Which gene?', []))).toBe(errorCodes.PASSAGES_EMPTY);
    expect(await codeOf(engine.readDocument('a.txt', { encoding: 'utf-99' }))).toBe(wrong);
  });

  it('rejects running and later calls when it is closed', async () => {
    const { at, engine } = tiny({ slowness: 1500 });
    fs.writeFileSync(path.join(at, 'a.txt'), text);
    const running = errorOf(engine.tag(Array(500).fill(text).join('\n')));
    await engine.tag(text);
    await engine.close();
    const closed = {
      code: errorCodes.ENGINE_DISPOSED,
      nextStep: expect.stringContaining('openEngine') as string,
    };
    expect(await running).toMatchObject(closed);
    expect(await errorOf(engine.tag(text))).toMatchObject(closed);
    expect(await errorOf(engine.readDocument(path.join(at, 'a.txt')))).toMatchObject(closed);
    expect(await errorOf(all(engine.documentsIn(at)))).toMatchObject(closed);
    await engine.close();
    await engine[Symbol.asyncDispose]();
  });
});

describe('openEngine', () => {
  it.each<[string, Library.OpenOptions]>([
    ['more threads than there are', { threads: 65 }],
    ['an unknown device', { device: 'abacus' as 'cpu' }],
    ['a terminology that does not exist', { terminology: '/no/such/folder' }],
    ['a server without an address', { server: { url: 'here' } }],
  ])('refuses %s', (_name, options) => {
    expect(() => openEngine(options)).toThrow(expect.objectContaining({ code: errorCodes.ARGUMENT_INVALID }));
  });

  it('sends nothing over a connection that is not encrypted, unless that is allowed', () => {
    const server = { url: 'http://example.org:8000' };
    expect(() => openEngine({ server })).toThrow(
      expect.objectContaining({
        code: errorCodes.SERVER_NOT_ALLOWED,
        nextStep: expect.stringContaining('server.allowHttp') as string,
      }),
    );
    own(openEngine({ server: { ...server, allowHttp: true } }));
  });
});

describe('files', () => {
  const prose = Array.from(
    { length: 12 },
    (_, i) => `Carriers of BRCA1 took aspirin in the year ${1980 + i}`,
  );
  const pdf = () => writePdf([column(prose, { x: 50, y: 140 }), [], column(prose, { x: 50, y: 140 })]);

  it('are read with their format; mentions of a PDF have their page', async () => {
    const at = folder();
    const engine = own(
      openEngine({ inProcess: true, models: { tagger: writeTinyTagger(path.join(at, 'tagger')) } }),
    );
    const write = (name: string, bytes: string | Uint8Array) => {
      fs.writeFileSync(path.join(at, name), bytes);
      return path.join(at, name);
    };
    const paper = await engine.readDocument(write('a.pdf', pdf()));
    expect(paper).toMatchObject({ name: path.join(at, 'a.pdf'), format: 'paper', textlessPages: [2] });
    const { entities } = await engine.tag(paper);
    expect([...new Set(entities.map(({ page }) => page))]).toEqual([1, 3]);
    const latin = await engine.readDocument(write('b.md', Buffer.from('Caf\xe9 na\xefve', 'latin1')));
    expect(latin).toEqual({ name: path.join(at, 'b.md'), text: 'Café naïve', format: 'markdown' });
    const broken = write('c.txt', Buffer.from([0x41, 0xff, 0x42]));
    expect(await engine.readDocument(broken, { encoding: 'utf-8' })).toMatchObject({ unreadable: 1 });
    expect(await engine.readDocument(broken, { format: 'latex' })).toMatchObject({ format: 'latex' });
    expect(await codeOf(engine.readDocument(path.join(at, 'none.txt')))).toBe(errorCodes.DOCUMENT_UNREADABLE);
    expect(await codeOf(engine.readDocument(at))).toBe(errorCodes.DOCUMENT_UNREADABLE);
  });

  it('of a folder come by name; one that cannot be read ends it, or is passed over and reported', async () => {
    const at = folder();
    const engine = own(openEngine());
    fs.mkdirSync(path.join(at, 'sub'));
    fs.writeFileSync(path.join(at, 'sub/c.txt'), 'Third.');
    fs.writeFileSync(path.join(at, 'a.md'), 'First.');
    fs.writeFileSync(path.join(at, 'b.pdf'), writePdf([[], []]));
    fs.writeFileSync(path.join(at, 'picture.png'), 'no document');
    expect(await codeOf(all(engine.documentsIn(at)))).toBe(errorCodes.PAPER_SCANNED);
    const failed: unknown[] = [];
    const onError = (error: Error, file: string) => failed.push([error.name, path.relative(at, file)]);
    const documents = await all(engine.documentsIn(at, { onError }));
    expect(documents.map(({ name }) => path.relative(at, name))).toEqual(['a.md', path.join('sub', 'c.txt')]);
    expect(failed).toEqual([['BioBertError', 'b.pdf']]);
    const missing = engine.documentsIn(path.join(at, 'none'), { onError });
    expect(await codeOf(all(missing))).toBe(errorCodes.DOCUMENT_UNREADABLE);
    const cancelled = engine.documentsIn(at, { signal: AbortSignal.abort() });
    expect(await errorOf(all(cancelled))).toBeInstanceOf(CancelledError);
  });
});
