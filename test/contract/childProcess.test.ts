import { fork } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes, isCancelled } from '../../src/core/errors';
import { type ChildEngineOptions, createChildEngine } from '../../src/runtime/process/childEngine';
import { systemTimers, type Timers } from '../../src/runtime/process/timers';
import { writeTinyTagger } from '../support/tinyTagger';
import { fakeTimers } from '../support/fakeTimers';
import { killAtRandom } from '../support/killing';
import { measureTurns } from '../support/turns';
import { childPath, disposables, isAlive, plain, sentences, until, watchedChildEngine } from './engines';

const { own, folder } = disposables();
const slow = 700;

function watched(options: { slowness?: number } & Partial<ChildEngineOptions> = {}) {
  const { slowness, ...rest } = options;
  const modelPath = writeTinyTagger(folder(), { slowness });
  const result = watchedChildEngine({ modelPaths: { 'token-classification': modelPath }, ...rest });
  own(result.engine);
  return result;
}

/** Sends a signal to the newest process. */
function kill(pids: readonly number[], signal: NodeJS.Signals = 'SIGKILL'): void {
  const pid = pids.at(-1);
  if (pid === undefined) throw new Error('No process has been started.');
  process.kill(pid, signal);
}

/** The time in which a killed process has to end: the timers of no test shorten it. */
const killedWithinMs = 10_000;

/** Timers with waits that are shorter by a factor, so that no test waits for the watchdog or after a crash. */
function timersWith(haste: () => number): Timers {
  return {
    after: (delayMs, callback) =>
      systemTimers.after(delayMs < killedWithinMs ? delayMs / haste() : delayMs, callback),
  };
}
const hurried = timersWith(() => 50);

/** The script of a child in which `code` runs before the script of the product. */
function childAfter(code: string): string {
  const script = path.join(folder(), 'child.js');
  fs.writeFileSync(script, `${code}\nrequire(${JSON.stringify(childPath)});`);
  return script;
}

describe('the child process', () => {
  it('starts at the first request, and ends at unload and dispose', async () => {
    const { engine, pids } = watched();
    expect(pids).toEqual([]);
    await engine.load();
    expect(pids.map(isAlive)).toEqual([true]);
    await engine.unload();
    expect(pids.map(isAlive)).toEqual([false]);
    await engine.load();
    await engine.dispose();
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  it('starts once for concurrent requests', async () => {
    const { engine, pids } = watched();
    await Promise.all([engine.load(), engine.tag(plain('BRCA1')), engine.tag(plain('TP53'))]);
    expect(pids).toHaveLength(1);
  });

  it('reports its own memory', async () => {
    const { engine } = watched();
    await engine.load();
    await until(() => engine.status.memoryBytes !== undefined);
    expect(engine.status.memoryBytes).toBeGreaterThan(20e6);
    await engine.unload();
    expect(engine.status.memoryBytes).toBeUndefined();
  });

  it('turns the telemetry of onnxruntime off in its environment', async () => {
    const seen = path.join(folder(), 'environment.json');
    const script = childAfter(
      `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env));`,
    );
    const { engine } = watched({ childPath: script });
    await engine.load();
    expect(JSON.parse(fs.readFileSync(seen, 'utf8'))).toMatchObject({ ORT_DISABLE_TELEMETRY: '1' });
  });

  it('ends by itself when its parent is killed', async () => {
    const args = JSON.stringify({ modelPaths: { 'token-classification': writeTinyTagger(folder()) } });
    const script = path.join(folder(), 'parent.js');
    fs.writeFileSync(
      script,
      `const child = require('node:child_process').fork(${JSON.stringify(childPath)}, [${JSON.stringify(args)}], { serialization: 'advanced' });
       process.send(child.pid);`,
    );
    const parent = fork(script, [], { execArgv: [] });
    const pid = await new Promise<number>((resolve) =>
      parent.once('message', (message) => resolve(Number(message))),
    );
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
  });

  it('ends after the idle limit, and starts again at the next request', async () => {
    const { timers, fire, delays } = fakeTimers();
    const { engine, pids } = watched({ idleMinutes: 3, timers });
    await engine.tag(plain('BRCA1'));
    expect(delays()).toEqual([180_000]);
    const tagged = engine.tag(plain(sentences(10)));
    expect(delays()).not.toContain(180_000);
    await tagged;
    fire();
    await until(() => pids.every((pid) => !isAlive(pid)));
    expect(engine.status).toEqual({ state: 'idle' });
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
    expect(pids).toHaveLength(2);
  });
});

describe('a child process that is killed', () => {
  it('is replaced unnoticed between two requests', async () => {
    const { engine, pids } = watched();
    const before = await engine.tag(plain(sentences(20)));
    kill(pids);
    await until(() => engine.status.state === 'idle');
    const after = await engine.tag(plain(sentences(20)));
    expect(after.entities).toEqual(before.entities);
    expect(pids).toHaveLength(2);
  });

  it('is replaced unnoticed just before a request', async () => {
    const { engine, pids } = watched();
    await engine.load();
    kill(pids);
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
  });

  it('is replaced during a run; every request is answered, and no entity is reported twice', async () => {
    const { engine, pids } = watched({ slowness: slow });
    const expected = (await engine.tag(plain(sentences(600)))).entities;
    await engine.unload();
    const reported: unknown[] = [];
    let isKilled = false;
    const onProgress = ({ entities }: { readonly entities: readonly unknown[] }) => {
      reported.push(...entities);
      if (!isKilled && reported.length > 0) {
        isKilled = true;
        kill(pids);
      }
    };
    const [long, short] = await Promise.all([
      engine.tag(plain(sentences(600)), { onProgress }),
      engine.tag(plain('TP53', { document: 'test:other' })),
    ]);
    expect(isKilled).toBe(true);
    expect(long.entities).toEqual(expected);
    expect(reported).toEqual(expected);
    expect(short.entities).toHaveLength(1);
    expect(pids).toHaveLength(3);
  });

  it('fails its request if it is killed twice during one run, and answers the next', async () => {
    const { engine, pids } = watched({ slowness: slow });
    await engine.load();
    const onProgress = () => {
      if (pids.every((pid, index) => index < pids.length - 1 || isAlive(pid))) kill(pids);
    };
    await expect(engine.tag(plain(sentences(600)), { onProgress })).rejects.toMatchObject({
      code: errorCodes.ENGINE_CRASHED,
    });
    expect(pids).toHaveLength(2);
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
  });

  it('keeps the native runtime if it is killed while it loads', async () => {
    const { engine, pids, lines } = watched();
    const loading = engine.load();
    await until(() => pids.length === 1);
    kill(pids);
    expect((await loading).runtime).toBe('onnxruntime-node');
    expect(lines.filter((line) => line.includes('WebAssembly'))).toEqual([]);
    expect(engine.status.isFallback).toBeUndefined();
  });

  it('is replaced by one with the WebAssembly runtime if native code crashes while it loads, until it ends', async () => {
    const { engine, pids, lines } = watched();
    const loading = engine.load();
    await until(() => pids.length === 1);
    kill(pids, 'SIGSEGV');
    expect((await loading).runtime).toBe('onnxruntime-web');
    expect(lines.filter((line) => line.includes('WebAssembly'))).toHaveLength(1);
    expect((await engine.tag(plain('BRCA1'))).model.runtime).toBe('onnxruntime-web');
    expect(engine.status.isFallback).toBe(true);
    await engine.unload();
    expect((await engine.load()).runtime).toBe('onnxruntime-node');
    expect(engine.status.isFallback).toBeUndefined();
  });

  it('answers every request, at random moments of loads and requests, and keeps the native runtime', async () => {
    const modelPath = writeTinyTagger(folder(), { slowness: 300 });
    const requests = [1, 40, 200].map((count) => plain(sentences(count), { document: `test:${count}` }));
    const counts = await killAtRandom({
      createEngine: (log) =>
        createChildEngine({
          childPath,
          modelPaths: { 'token-classification': modelPath },
          timers: hurried,
          log,
        }),
      seed: 18,
      kills: 20,
      requests,
    });
    const { right, retryable } = counts;
    expect(counts).toMatchObject({ kills: 20, wrong: 0, failed: 0, unanswered: 0, left: 0 });
    expect(counts.runtime).toBe('onnxruntime-node');
    expect(right).toBeGreaterThan(5);
    expect(right + retryable).toBe(counts.requests);
  }, 120_000);

  it('fails to load if it is killed twice while it loads, and loads at the next request', async () => {
    const { engine, pids } = watched({ runtime: 'node' });
    const outcome = expect(engine.load()).rejects.toMatchObject({ code: errorCodes.ENGINE_CRASHED });
    await until(() => pids.length === 1);
    kill(pids);
    await until(() => pids.length === 2);
    kill(pids);
    await outcome;
    expect(engine.status.state).toBe('failed');
    expect((await engine.load()).runtime).toBe('onnxruntime-node');
    expect(engine.status.state).toBe('ready');
  });

  it('is started again after increasing delays, which an answer resets', async () => {
    const delays: number[] = [];
    const timers: Timers = {
      after: (delayMs, callback) => {
        if (delayMs < killedWithinMs) {
          delays.push(delayMs);
          queueMicrotask(callback);
        }
        return () => undefined;
      },
    };
    const { engine, pids } = watched({ timers, silentSeconds: 0 });
    for (let i = 0; i < 3; i++) {
      await engine.load();
      kill(pids);
      await until(() => engine.status.state === 'idle');
    }
    await engine.tag(plain('BRCA1'));
    expect(delays).toEqual([250, 500, 1000]);
    kill(pids);
    await until(() => engine.status.state === 'idle');
    await engine.load();
    expect(delays.at(-1)).toBe(250);
  });

  it('is not started again if the engine was disposed in the meantime', async () => {
    const { engine, pids } = watched({ slowness: slow });
    await engine.load();
    const outcome = expect(engine.tag(plain(sentences(600)))).rejects.toMatchObject({
      code: errorCodes.ENGINE_DISPOSED,
    });
    kill(pids);
    await engine.dispose();
    await outcome;
    expect(pids.filter(isAlive)).toEqual([]);
  });
});

describe('a child process that does not answer', () => {
  /** Seconds of the watchdog; with hurried timers a fiftieth. */
  const silentSeconds = 100;

  /** A child whose event loop is held for ever by a request about a document of this name. */
  function hanging() {
    const script = childAfter(
      `process.on('message', ({ value }) => {
         if (value && value.document === 'test:folder/hang.txt' && value.textId) for (;;);
       });`,
    );
    return watched({ childPath: script, timers: hurried, silentSeconds });
  }

  it('is replaced; the request that it hung at is answered by the next one', async () => {
    const { engine, pids, lines } = watched({ timers: hurried, silentSeconds });
    await engine.load();
    kill(pids, 'SIGSTOP');
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
    expect(pids).toHaveLength(2);
    expect(pids.map(isAlive)).toEqual([false, true]);
    expect(lines.filter((line) => line.includes('did not answer'))).toHaveLength(1);
  });

  it('is replaced while it loads', async () => {
    const { engine, pids } = watched({ timers: hurried, silentSeconds });
    const loading = engine.load();
    await until(() => pids.length === 1);
    kill(pids, 'SIGSTOP');
    expect((await loading).runtime).toBe('onnxruntime-node');
    expect(pids).toHaveLength(2);
  });

  it('fails only the request that makes it hang twice, with the name of its document', async () => {
    const { engine, pids } = hanging();
    await engine.load();
    const others = ['a', 'b', 'c'].map((name) => engine.tag(plain('BRCA1', { document: `test:${name}` })));
    const outcome = expect(
      engine.tag(plain('BRCA1', { document: 'test:folder/hang.txt' })),
    ).rejects.toMatchObject({
      code: errorCodes.ENGINE_HUNG,
      message: 'The engine stopped answering twice while it worked on hang.txt.',
    });
    const more = [1, 2, 3].map(() => engine.tag(plain('TP53', { document: 'test:d' })));
    await outcome;
    for (const { entities } of await Promise.all([...others, ...more])) expect(entities).toHaveLength(1);
    expect(pids.length).toBeGreaterThanOrEqual(2);
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
  });

  it('is ended although the request that it hangs at was cancelled', async () => {
    const { engine, pids } = hanging();
    await engine.load();
    const controller = new AbortController();
    const { signal } = controller;
    const tagged = engine.tag(plain('BRCA1', { document: 'test:folder/hang.txt' }), { signal });
    setTimeout(() => controller.abort(), 200);
    await expect(tagged).rejects.toSatisfy(isCancelled);
    await until(() => !pids.some(isAlive));
  });

  it('is replaced if it answers pings, but never a request', async () => {
    const script = childAfter(
      `const on = process.on.bind(process);
       const isLost = ({ value }) => value && value.document === 'test:lost.txt' && value.textId;
       process.on = (event, listener) =>
         on(event, event === 'message' ? (message) => isLost(message) || listener(message) : listener);`,
    );
    let haste = 1;
    const timers = timersWith(() => haste);
    const { engine, pids } = watched({ childPath: script, timers, silentSeconds: 1e6 });
    await engine.tag(plain('BRCA1'));
    haste = 500;
    await expect(engine.tag(plain('BRCA1', { document: 'test:lost.txt' }))).rejects.toMatchObject({
      code: errorCodes.ENGINE_HUNG,
    });
    expect(pids).toHaveLength(2);
  });

  it('is left alone as long as its event loop turns between batches', async () => {
    const { engine, pids } = watched({ slowness: slow, timers: hurried, silentSeconds });
    await engine.tag(plain(sentences(600)));
    expect(pids).toHaveLength(1);
  });
});

describe('the host process', () => {
  it('keeps its event loop running while a large document is sent, tagged and received', async () => {
    const { engine } = watched();
    await engine.load();
    const text = sentences(40_000);
    const request = plain(text);
    const { result, turns } = await measureTurns(() => engine.tag(request));
    expect(result.entities).toHaveLength(80_000);
    expect(turns.longestMs).toBeLessThan(turns.totalMs / 3);
    // The work takes ten seconds on an idle core, and much longer beside other programs.
  }, 240_000);
});
