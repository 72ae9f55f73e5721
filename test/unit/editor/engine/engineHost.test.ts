import { describe, expect, it, vi } from 'vitest';
import { Curation, noDecisions } from '../../../../src/core/curation/decisions';
import type { EngineStatus } from '../../../../src/protocol/engine';
import { nullLogger } from '../../../../src/runtime/log';
import { EngineHost, type EngineHostParts } from '../../../../src/editor/engine/engineHost';
import { FakeEngine, result } from '../support';

const request = { document: 'file:/a', text: 'BRCA1', format: 'plain' } as const;

function setUp(refusal?: Error, terms?: EngineHostParts['terms']) {
  const allowed: boolean[] = [];
  const engines: FakeEngine[] = [];
  const setup = {
    modelPaths: {
      'token-classification': '/models/tagger',
      'relation-extraction': '/models/relations',
      'question-answering': '/models/questions',
    },

    threads: 0,
    idleMinutes: 10,
  };
  const host = new EngineHost({
    createEngine: () => {
      const engine = new FakeEngine();
      engines.push(engine);
      return engine;
    },
    curation: () => Promise.resolve(new Curation(noDecisions)),
    ...(terms && { terms }),
    allow: ({ isQuiet }) => {
      allowed.push(isQuiet);
      return refusal ? Promise.reject(refusal) : Promise.resolve();
    },
    setup: () => structuredClone(setup),
    log: nullLogger,
  });
  return { host, engines, setup, allowed };
}

describe('EngineHost', () => {
  it('creates no engine before the first request', async () => {
    const { host, engines } = setUp();
    expect(host.status).toEqual({ state: 'idle' });
    host.forget('file:/a');
    host.reconfigure();
    await host.unload();
    expect(engines).toEqual([]);
  });

  it('creates one engine for all requests', async () => {
    const { host, engines } = setUp();
    const asked = [host.tag(request), host.tag(request)];
    await vi.waitFor(() => expect(engines[0]?.requests).toHaveLength(2));
    for (const each of engines[0]?.requests ?? []) each.resolve(result({ start: 0, end: 5 }, []));
    await Promise.all(asked);
    expect(engines).toHaveLength(1);
  });

  it('asks for permission before any request, and quietly for a hover', async () => {
    const { host, engines, allowed } = setUp(new Error('not allowed'));
    const asked = [
      host.load(),
      host.tag(request),
      host.tag({ ...request, priority: 'interactive' }),
      host.relations(request),
      host.passages(request),
      host.embed({ texts: [] }),
      host.answer({ question: '', passages: [] }),
    ];
    for (const each of asked) await expect(each).rejects.toThrow('not allowed');
    expect(engines).toEqual([]);
    expect(allowed.filter((isQuiet) => isQuiet)).toEqual([true]);
  });

  it('adds the terms of the user to each request that tags a text', async () => {
    const term = (name: string) => ({ name, id: 'LAB:1', type: 'Gene' });
    const { host, engines } = setUp(undefined, (document) => Promise.resolve([term(document)]));
    void host.tag({ ...request, terms: [term('own')] });
    await vi.waitFor(() => expect(engines[0]?.requests).toHaveLength(1));
    expect(engines[0]?.last.request.terms).toEqual([term('own'), term('file:/a')]);
    const relations = vi.spyOn(engines[0] as FakeEngine, 'relations');
    await host.relations(request);
    // Mentions that are given are not tagged again.
    await host.relations({ ...request, entities: [] });
    expect(relations.mock.calls).toEqual([
      [{ ...request, terms: [term('file:/a')] }, undefined],
      [{ ...request, entities: [] }, undefined],
    ]);
  });

  it('leaves requests as they are without terms', async () => {
    const { host, engines } = setUp(undefined, () => Promise.resolve([]));
    void host.tag(request);
    await vi.waitFor(() => expect(engines[0]?.requests).toHaveLength(1));
    expect(engines[0]?.last.request).toEqual(request);
  });

  it('creates another engine when its settings change, and reports the status of that one', async () => {
    const { host, engines, setup } = setUp();
    const seen: EngineStatus[] = [];
    host.onDidChangeStatus((status) => seen.push(status));
    await host.load();
    host.reconfigure();
    expect(engines[0]?.isDisposed).toBe(false);
    setup.threads = 2;
    host.reconfigure();
    expect(engines[0]?.isDisposed).toBe(true);
    await host.load();
    engines[0]?.setStatus({ state: 'failed' });
    engines[1]?.setStatus({ state: 'loading' });
    expect(seen.map(({ state }) => state)).toEqual(['idle', 'loading']);
  });

  it('reports the tasks whose model changed', async () => {
    const { host, setup } = setUp();
    const changes: (readonly string[])[] = [];
    host.onDidChangeModel((tasks) => changes.push(tasks));
    await host.load();
    setup.idleMinutes = 1;
    host.reconfigure();
    await host.load();
    setup.modelPaths['token-classification'] = '/models/other';
    host.reconfigure();
    await host.load();
    setup.modelPaths['relation-extraction'] = '/models/theirs';
    setup.modelPaths['question-answering'] = '/models/theirs too';
    host.reconfigure();
    expect(changes).toEqual([['token-classification'], ['relation-extraction', 'question-answering']]);
  });

  it('disposes its engine', async () => {
    const { host, engines } = setUp();
    await host.load();
    await host.dispose();
    expect(engines[0]?.isDisposed).toBe(true);
  });
});
