import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain, sentences } from './engines';

const { own, folder } = disposables();
const slow = 700;

describe.each(engines)('$name', ({ create }) => {
  const tiny = (slowness = 0) =>
    own(create({ modelPaths: { 'token-classification': writeTinyTagger(folder(), { slowness }) } }));

  it('stops when it is cancelled, and reports nothing more', async () => {
    const engine = tiny(slow);
    await engine.load();
    const controller = new AbortController();
    let steps = 0;
    const onProgress = () => {
      steps++;
      controller.abort();
    };
    const tagged = engine.tag(plain(sentences(3000)), { signal: controller.signal, onProgress });
    await expect(tagged).rejects.toMatchObject({ name: 'CancelledError' });
    const stepsAtCancel = steps;
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
    expect(steps).toBe(stepsAtCancel);
  });

  it('refuses a request that was cancelled before, and loads nothing for it', async () => {
    const engine = tiny();
    const signal = AbortSignal.abort();
    await expect(engine.tag(plain('BRCA1'), { signal })).rejects.toMatchObject({ name: 'CancelledError' });
    await expect(engine.load(signal)).rejects.toMatchObject({ name: 'CancelledError' });
    expect(engine.status.state).toBe('idle');
  });

  it('continues loading for other requests when one is cancelled', async () => {
    const engine = tiny();
    const controller = new AbortController();
    const cancelled = engine.load(controller.signal);
    const kept = engine.tag(plain('BRCA1'));
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'CancelledError' });
    expect((await kept).entities).toHaveLength(1);
  });

  it('lets an interactive request overtake a background one between two batches', async () => {
    const engine = tiny(slow);
    await engine.load();
    const order: string[] = [];
    let begun: () => void = () => undefined;
    const firstStep = new Promise<void>((resolve) => (begun = resolve));
    const background = engine
      .tag(plain(sentences(1500), { document: 'test:long' }), { onProgress: () => begun() })
      .then(({ entities }) => order.push(`background ${entities.length}`));
    await firstStep;
    const hover = engine
      .tag(plain('BRCA1', { document: 'test:hover', priority: 'interactive' }))
      .then(({ entities }) => order.push(`interactive ${entities.length}`));
    await Promise.all([background, hover]);
    expect(order).toEqual(['interactive 1', 'background 3000']);
  });

  it('answers two concurrent requests for one document', async () => {
    const engine = tiny();
    const [whole, part] = await Promise.all([
      engine.tag(plain(sentences(50))),
      engine.tag(plain(sentences(50), { range: { start: 0, end: 1 } })),
    ]);
    expect(whole.entities).toHaveLength(100);
    expect(part.entities).toEqual(whole.entities.slice(0, 2));
  });

  it('unloads, and loads again at the next request', async () => {
    const engine = tiny();
    const before = await engine.tag(plain(sentences(3)));
    await engine.unload();
    expect(engine.status).toEqual({ state: 'idle' });
    const after = await engine.tag(plain(sentences(3)));
    expect(after.entities).toEqual(before.entities);
    expect(engine.status.state).toBe('ready');
  });

  it('cancels running requests when it unloads', async () => {
    const engine = tiny(slow);
    await engine.load();
    const tagged = engine.tag(plain(sentences(3000)));
    const outcome = expect(tagged).rejects.toMatchObject({ name: 'CancelledError' });
    await engine.unload();
    await outcome;
    expect(engine.status).toEqual({ state: 'idle' });
  });

  it('rejects pending and later requests once it is disposed', async () => {
    const engine = tiny(slow);
    const disposed = { code: errorCodes.ENGINE_DISPOSED };
    const loading = expect(engine.load()).rejects.toMatchObject(disposed);
    const tagging = expect(engine.tag(plain(sentences(3000)))).rejects.toMatchObject(disposed);
    await engine.dispose();
    await Promise.all([loading, tagging]);
    await expect(engine.tag(plain('BRCA1'))).rejects.toMatchObject(disposed);
    await expect(engine.load()).rejects.toMatchObject(disposed);
  });

  it('refuses binary documents, and answers the next request', async () => {
    const engine = tiny();
    for (const text of ['\0'.repeat(1000), 'PK\u0003\u0004\0\0\ufffd\ufffd\ufffd'.repeat(200)]) {
      await expect(engine.tag(plain(text))).rejects.toMatchObject({ code: errorCodes.DOCUMENT_BINARY });
    }
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
  });

  it('refuses documents that are larger than the limit', async () => {
    const engine = own(
      create({ modelPaths: { 'token-classification': writeTinyTagger(folder()) }, maxCharacters: 1000 }),
    );
    await expect(engine.tag(plain('x'.repeat(1001)))).rejects.toMatchObject({
      code: errorCodes.DOCUMENT_TOO_LARGE,
    });
    expect((await engine.tag(plain('x'.repeat(1000)))).entities).toEqual([]);
  });

  it('does not report its status to a removed listener', async () => {
    const engine = tiny();
    let told = 0;
    const stop = engine.onDidChangeStatus(() => told++);
    stop();
    await engine.load();
    expect(told).toBe(0);
  });
});
