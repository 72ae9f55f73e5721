import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startFakeHub } from '../support/fakeHub';
import { startFakeServer } from '../support/fakeInferenceServer';
import { closed } from '../support/processes';
import { servedFolder } from '../support/servedFolder';
import { writeTinyTagger } from '../support/tinyTagger';
import { within } from '../support/within';
import { disposables, root, sentences, until } from './engines';

const { folder } = disposables();
const cli = path.join(root, 'dist/cli.js');

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A process that would not end by itself within the time of a test. */
interface Busy {
  readonly child: ChildProcess;
  /** Resolves when the process is in the phase. */
  readonly isInPhase: Promise<unknown>;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...env } });
}

function write(name: string, text: string): string {
  const file = path.join(folder(), name);
  fs.writeFileSync(file, text);
  return file;
}

const firstOutput = (child: ChildProcess) => once(child.stdout ?? child, 'data');

/** The main thread never gives a turn to its event loop, as in a parser that takes hours. */
function inEndlessLoop(): Busy {
  const seen = path.join(folder(), 'looping');
  const preload = write(
    'preload.cjs',
    `TextDecoder.prototype.decode = () => {
       require('node:fs').writeFileSync(${JSON.stringify(seen)}, '');
       for (;;);
     };`,
  );
  const model = writeTinyTagger(folder());
  const child = start(['tag', '--model', model, '--encoding', 'utf-8', write('a.txt', 'BRCA1.')], {
    NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
  });
  return { child, isInPhase: until(() => fs.existsSync(seen)) };
}

/** Opening a pipe blocks a thread until somebody writes to it, and the process cannot exit meanwhile. */
function atPipe(): Busy {
  const pipe = path.join(folder(), 'pipe.txt');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const child = start(['tag', '--model', writeTinyTagger(folder()), write('a.txt', 'BRCA1.'), pipe]);
  return { child, isInPhase: firstOutput(child) };
}

function atStandardInput(): Busy {
  const child = start(['tag', '--model', writeTinyTagger(folder()), write('a.txt', 'BRCA1.'), '-']);
  return { child, isInPhase: firstOutput(child) };
}

function inModel(): Busy {
  const model = writeTinyTagger(folder(), { slowness: 700 });
  const long = write('long.txt', sentences(20_000));
  const child = start(['tag', '--model', model, write('a.txt', 'BRCA1.'), long]);
  return { child, isInPhase: firstOutput(child) };
}

/** @param answer Receives the second request for an inference; the first one tries the model. */
async function atServer(answer: (status: (code: number) => void) => void): Promise<Busy> {
  const model = writeTinyTagger(path.join(folder(), 'tagger'));
  const tagger = await servedFolder(model, {
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
    outputs: ['logits'],
  });
  const server = await startFakeServer({ tagger });
  cleanups.push(() => server.close());
  let inferences = 0;
  const isInPhase = new Promise<void>((resolve) => {
    server.whim = (request, response) => {
      if (!request.url?.endsWith('/infer') || ++inferences === 1) return false;
      answer((code) => response.writeHead(code, { 'retry-after': '600' }).end());
      resolve();
      return true;
    };
  });
  const child = start(['tag', '--model', model, '--engine-url', server.url, write('a.txt', 'BRCA1.')]);
  return { child, isInPhase };
}

async function atDownload(): Promise<Busy> {
  const hub = await startFakeHub({
    'config.json': Buffer.alloc(5000),
    'model.safetensors': Buffer.alloc(5000),
  });
  cleanups.push(() => hub.close());
  const isInPhase = new Promise<void>((resolve) => {
    hub.onFile = (_request, response) => {
      // The first bytes of a file; the rest never comes.
      response.writeHead(200, { 'content-length': 5000 });
      response.write(Buffer.alloc(10));
      resolve();
    };
  });
  const child = start(['download', 'owner/model', '--output', path.join(folder(), 'model')], {
    HF_ENDPOINT: hub.endpoint,
    no_proxy: '*',
    NO_PROXY: '*',
  });
  return { child, isInPhase };
}

const phases: readonly (readonly [string, () => Busy | Promise<Busy>])[] = [
  ['an endless loop of the main thread', inEndlessLoop],
  ['a wait for a pipe that nobody writes to', atPipe],
  ['a wait for standard input', atStandardInput],
  ['a run of a model', inModel],
  ['a wait for a server that does not answer', () => atServer(() => undefined)],
  ['a wait before another request to a busy server', () => atServer((status) => status(503))],
  ['a download that stalls', atDownload],
];

/** The bound only keeps a failure from blocking the tests: these processes would not end by themselves. */
const boundMs = 20_000;

/** How the process ended, or {@link hung}. */
const ended = (child: ChildProcess) => within(closed(child), boundMs);

describe.skipIf(process.platform === 'win32')('a signal', () => {
  it.each(phases)('ends the terminal in %s', async (_, begin) => {
    for (const [signal, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const { child, isInPhase } = await begin();
      await isInPhase;
      const end = ended(child);
      child.kill(signal);
      expect(await end).toEqual([exitCode, null]);
    }
  });

  it.each(phases.slice(1))('leaves no process behind if it kills the terminal in %s', async (_, begin) => {
    const { child, isInPhase } = await begin();
    await isInPhase;
    const end = ended(child);
    child.kill('SIGKILL');
    expect(await end).toEqual([null, 'SIGKILL']);
  });
});

describe.skipIf(process.platform === 'win32')('a command that the system kills', () => {
  it('is reported as killed', async () => {
    const { child, isInPhase } = atStandardInput();
    await isInPhase;
    const listed = spawnSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' });
    const end = ended(child);
    process.kill(Number(listed.stdout), 'SIGKILL');
    expect(await end).toEqual([null, 'SIGKILL']);
  });
});
