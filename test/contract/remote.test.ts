import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import { createEngine } from '../../src/runtime/engine/engine';
import { type FakeServer, type Served, startFakeServer } from '../support/fakeInferenceServer';
import { servedFolder } from '../support/servedFolder';
import { writeTinyQuestions } from '../support/tinyQuestions';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain, root, sentences, until, watchedChildEngine } from './engines';

const { own, folder } = disposables();
const inputs = ['input_ids', 'attention_mask', 'token_type_ids'];

let server: FakeServer | undefined;
afterEach(() => server?.close());

function writeModels() {
  const models = folder();
  return {
    modelPaths: {
      'token-classification': writeTinyTagger(path.join(models, 'tagger')),
      'relation-extraction': writeTinyRelations(path.join(models, 'relations')),
      'question-answering': writeTinyQuestions(path.join(models, 'questions')),
    },
  };
}

async function served({ modelPaths }: ReturnType<typeof writeModels>) {
  const outputs = ['span_logits', 'embedding'];
  return {
    tagger: await servedFolder(modelPaths['token-classification'], { inputs, outputs: ['logits'] }),
    relations: await servedFolder(modelPaths['relation-extraction'], {
      inputs: [...inputs, 'pairs'],
      outputs: ['pair_logits'],
    }),
    questions: await servedFolder(modelPaths['question-answering'], { inputs, outputs }),
  };
}

const text = 'BRCA1 carriers of breast cancer took tamoxifen. Asthma and CD4.';
const paper = 'Aspirin inhibits BRCA1. Carriers of asthma took tamoxifen.';
const question = { question: 'Which gene?', passages: [{ text: 'Carriers of BRCA1.' }] };

describe.each(engines)('$name, with models on a server', ({ create }) => {
  it('finds the same as without a server', async () => {
    const models = writeModels();
    server = await startFakeServer(await served(models));
    const here = own(create(models));
    const there = own(create({ ...models, server: { url: server.url } }));
    const [near, far] = [await here.tag(plain(text)), await there.tag(plain(text))];
    expect(near.entities.length).toBeGreaterThan(3);
    expect(far.entities).toEqual(near.entities);
    expect(far.model).toEqual({ ...near.model, runtime: 'open-inference' });
    const relations = (await there.relations(plain(paper))).relations;
    expect(relations.length).toBeGreaterThan(1);
    expect(relations).toEqual((await here.relations(plain(paper))).relations);
    const answers = (await there.answer(question)).answers;
    expect(answers).toHaveLength(1);
    expect(answers).toEqual((await here.answer(question)).answers);
    expect(await there.embed({ texts: ['BRCA1'] })).toEqual(await here.embed({ texts: ['BRCA1'] }));
  });

  it('fails, and names the server, if the server gives numbers that 32 bits cannot hold', async () => {
    const models = writeModels();
    const { tagger, ...others } = await served(models);
    let isBroken = false;
    const infer: Served['infer'] = async (sent, names) => {
      const found = (await tagger.infer(sent, names)) as { data: readonly number[] }[];
      return isBroken ? found.map((tensor) => ({ ...tensor, data: tensor.data.map(() => 1e300) })) : found;
    };
    server = await startFakeServer({ ...others, tagger: { ...tagger, infer } });
    const engine = own(create({ ...models, server: { url: server.url } }));
    await engine.load();
    isBroken = true;
    await expect(engine.tag(plain(text))).rejects.toMatchObject({
      code: errorCodes.MODEL_OUTPUT_INVALID,
      message: expect.stringContaining(new URL(server.url).host) as string,
    });
  });

  it('sends many sentences in one request', async () => {
    const models = writeModels();
    server = await startFakeServer(await served(models));
    const { entities } = await own(create({ ...models, server: { url: server.url } })).tag(
      plain(sentences(300)),
    );
    expect(entities).toHaveLength(600);
    expect(server.requests.filter((request) => request.endsWith('/infer')).length).toBeLessThan(7);
  });

  it('runs a model locally that the server does not have, except the tagger', async () => {
    const models = writeModels();
    const { tagger } = await served(models);
    server = await startFakeServer({ tagger });
    const engine = own(create({ ...models, server: { url: server.url } }));
    const { relations, model } = await engine.relations(plain(paper));
    expect(relations.length).toBeGreaterThan(1);
    expect(model.runtime).toBe('onnxruntime-node');
    expect((await engine.tag(plain(text))).model.runtime).toBe('open-inference');
    const other = own(
      create({
        modelPaths: { 'token-classification': writeTinyTagger(folder()) },
        server: { url: server.url },
      }),
    );
    await expect(other.tag(plain(text))).rejects.toMatchObject({ code: errorCodes.SERVER_MODEL_MISSING });
  });

  it('answers from its cache while the server is unavailable, and continues when it is back', async () => {
    const models = writeModels();
    server = await startFakeServer(await served(models));
    const engine = own(create({ ...models, server: { url: server.url, backOffMs: 1 } }));
    const before = await engine.tag(plain(text));
    server.whim = (_request, response) => {
      response.writeHead(503, { 'retry-after': '0' }).end();
      return true;
    };
    // Cached sentences need no server.
    expect((await engine.tag(plain(text))).entities).toEqual(before.entities);
    const found: unknown[] = [];
    const longer = plain(`${text}\n\n${sentences(400)}`);
    const tagged = engine.tag(longer, { onProgress: ({ entities }) => found.push(...entities) });
    await expect(tagged).rejects.toMatchObject({ code: errorCodes.SERVER_UNREACHABLE });
    server.whim = () => false;
    expect((await engine.tag(longer)).entities).toHaveLength(before.entities.length + 800);
  });

  it('stops at once when it is cancelled while it waits for the server', async () => {
    const models = writeModels();
    server = await startFakeServer(await served(models));
    const engine = own(create({ ...models, server: { url: server.url } }));
    await engine.load();
    const { requests } = server;
    const controller = new AbortController();
    server.whim = () => true;
    const tagged = engine.tag(plain(text), { signal: controller.signal });
    tagged.catch(() => undefined);
    await until(() => requests.some((request) => request.endsWith('/infer') && requests.length > 2));
    controller.abort();
    await expect(tagged).rejects.toMatchObject({ name: 'CancelledError' });
    await engine.unload();
    expect(engine.status.state).toBe('idle');
  });
});

describe('the token for a server', () => {
  it('is sent by the child process, and is not among its command-line arguments', async () => {
    const models = writeModels();
    server = await startFakeServer(await served(models));
    let seen: string | undefined;
    server.whim = ({ headers }) => {
      seen = headers.authorization;
      return false;
    };
    const watched = watchedChildEngine({ ...models, server: { url: server.url, token: 'a-secret' } });
    await own(watched.engine).load();
    expect(seen).toBe('Bearer a-secret');
    const [pid] = watched.pids;
    if (process.platform === 'linux')
      expect(fs.readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')).not.toContain('a-secret');
  });
});

describe('biobert --engine-url', () => {
  const cli = path.join(root, 'dist/cli.js');
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    promisify(execFile)(process.execPath, [cli, ...args], { env: { ...process.env, ...env } });
  const tls = path.join(root, 'test/fixtures/tls');
  const certificate = path.join(tls, 'certificate.pem');

  async function start(models: Readonly<Record<string, Served>>, isEncrypted = false): Promise<FakeServer> {
    const options = { key: fs.readFileSync(path.join(tls, 'key.pem')), cert: fs.readFileSync(certificate) };
    return (server = await startFakeServer(models, isEncrypted ? options : undefined));
  }

  it('runs tag, relations and ask on a server, and says where the text is sent', async () => {
    const models = writeModels();
    const { url } = await start(await served(models));
    const file = path.join(folder(), 'a.txt');
    fs.writeFileSync(file, paper);
    const at = ['--engine-url', url, file];
    const {
      'token-classification': tagger,
      'relation-extraction': relations,
      'question-answering': questions,
    } = models.modelPaths;
    const tagged = await run(['tag', '--model', tagger, ...at]);
    expect(tagged.stderr).toBe(`biobert: The text is sent to ${url}.\n`);
    expect(JSON.parse(tagged.stdout)).toMatchObject({ entities: [{ text: 'Aspirin' }, {}, {}, {}] });
    const related = await run(['relations', '--model', relations, '--tagger', tagger, ...at]);
    expect(JSON.parse(related.stdout)).toMatchObject({ relations: [{ type: 'inhibitor' }, {}, {}] });
    const asked = await run(['ask', 'Which gene?', '--model', questions, '--format', 'jsonl', ...at]);
    expect(JSON.parse(asked.stdout.split('\n')[0] ?? '')).toMatchObject({ text: 'BRCA1' });
  });

  it('refuses a remote server without encryption, before anything is sent', async () => {
    const file = path.join(folder(), 'a.txt');
    fs.writeFileSync(file, text);
    const args = ['tag', '--engine-url', 'http://gpu.example.org:8000', file];
    await expect(run(args)).rejects.toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/^biobert: No text was sent.*--allow-http.*\(BB854\)/u) as string,
    });
  });

  it('trusts only a certificate whose authority is in NODE_EXTRA_CA_CERTS', async () => {
    const models = writeModels();
    const { url } = await start(await served(models), true);
    const file = path.join(folder(), 'a.txt');
    fs.writeFileSync(file, text);
    const args = [
      'tag',
      '--model',
      models.modelPaths['token-classification'],
      '--engine-url',
      url,
      '--quiet',
      file,
    ];
    await expect(run(args)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not trusted here.*NODE_EXTRA_CA_CERTS.*\(BB851\)/u) as string,
    });
    expect(server?.requests).toEqual([]);
    const trusting = { NODE_EXTRA_CA_CERTS: certificate, BIOBERT_ENGINE_TOKEN: 'secret' };
    expect(JSON.parse((await run(args, trusting)).stdout)).toMatchObject({ document: file });
  });

  it.skipIf(process.platform === 'win32')('ends at Ctrl+C while it waits for the server', async () => {
    const models = writeModels();
    const { url, requests } = await start(await served(models));
    const file = path.join(folder(), 'a.txt');
    fs.writeFileSync(file, text);
    (server ?? { whim: undefined }).whim = () => requests.length > 2;
    const child = spawn(process.execPath, [
      cli,
      ...['tag', '--model', models.modelPaths['token-classification'], '--engine-url', url, file],
    ]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await until(() => requests.length > 2);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });
});

it('a model on a server needs its local folder', async () => {
  const engine = own(
    createEngine({
      modelPaths: { 'token-classification': path.join(folder(), 'none') },
      server: { url: 'http://[::1]:1' },
    }),
  );
  await expect(engine.load()).rejects.toMatchObject({ code: errorCodes.MODEL_NOT_FOUND });
});
