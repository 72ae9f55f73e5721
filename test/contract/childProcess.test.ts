import { fork } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import type { ChildEngineOptions } from '../../src/runtime/process/childEngine';
import type { Timers } from '../../src/runtime/process/timers';
import { writeTinyTagger } from '../support/tinyTagger';
import { fakeTimers } from '../support/fakeTimers';
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

/** Kills the newest process and waits until it is gone. */
function kill(pids: readonly number[]): void {
  const pid = pids.at(-1);
  if (pid === undefined) throw new Error('No process has been started.');
  process.kill(pid, 'SIGKILL');
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
    const script = path.join(folder(), 'child.js');
    fs.writeFileSync(
      script,
      `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env));
       require(${JSON.stringify(childPath)});`,
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
    expect(delays()).toEqual([]);
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

  it('is replaced by one with the WebAssembly runtime while it loads, with one line in the log', async () => {
    const { engine, pids, lines } = watched();
    const loading = engine.load();
    await until(() => pids.length === 1);
    kill(pids);
    expect((await loading).runtime).toBe('onnxruntime-web');
    expect(lines.filter((line) => line.includes('WebAssembly'))).toHaveLength(1);
    expect((await engine.tag(plain('BRCA1'))).model.runtime).toBe('onnxruntime-web');
  });

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
        if (delayMs < 60_000) {
          delays.push(delayMs);
          queueMicrotask(callback);
        }
        return () => undefined;
      },
    };
    const { engine, pids } = watched({ timers });
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
