import { describe, expect, it, vi } from 'vitest';
import type { RelateProgress } from '../../../../src/core/relations/relate';
import type { Entity, Relation } from '../../../../src/core/types';
import type {
  BioBertEngine,
  CallOptions,
  ModelInfo,
  PassagesRequest,
  PassagesResult,
  RelationsRequest,
  RelationsResult,
  TagRequest,
  TagResult,
} from '../../../../src/protocol/engine';
import {
  forgetEvent,
  itemsPerMessage,
  pingEvent,
  relationsMethod,
  statusEvent,
  tagMethod,
  type TagPart,
  textEvent,
} from '../../../../src/protocol/engineMessages';
import {
  embedMethod,
  passagesMethod,
  type PassagesPart,
  passagesPerMessage,
} from '../../../../src/protocol/questionMessages';
import { TextSender } from '../../../../src/protocol/textTransfer';
import { serveEngine } from '../../../../src/runtime/process/engineServer';
import { TagCollector } from '../../../../src/runtime/process/tagCollector';
import { connectedRpcs } from '../../protocol/ports';

const model: ModelInfo = {
  name: 'Fake',
  version: '1',
  task: 'token-classification',
  types: ['Gene'],
  measured: [],
  license: '',
  hash: '',
  configHash: 'c',
  runtime: 'onnxruntime-node',
};

const entities: readonly Entity[] = Array.from({ length: 2300 }, (_, start) => ({
  start,
  end: start + 1,
  text: 'x',
  name: 'x',
  type: 'Gene',
  probability: 1,
}));
const abbreviations = entities.slice(0, 700).map((span) => ({
  short: { start: span.start, end: span.end },
  long: { start: span.start, end: span.end },
  shortText: 'x',
  longText: 'y',
}));

const relations: readonly Relation[] = entities.slice(0, 1300).map((subject, i) => ({
  type: 'inhibitor',
  subject,
  object: entities[i + 1] ?? subject,
  probability: 1,
  evidence: { start: i, end: i + 2 },
  evidenceText: 'xx',
}));

/** Reports some of its entities as progress and leaves the rest to the result. */
class FakeEngine implements BioBertEngine {
  readonly status = { state: 'ready' } as const;
  readonly requests: TagRequest[] = [];
  readonly forgotten: string[] = [];
  /** The entities of the result, which may differ from the reported ones. */
  result: readonly Entity[] = entities;
  readonly onDidChangeStatus = () => () => undefined;
  readonly load = () => Promise.resolve(model);
  readonly unload = () => Promise.resolve();
  readonly dispose = () => Promise.resolve();

  forget(document: string): void {
    this.forgotten.push(document);
  }

  relations(
    request: RelationsRequest,
    { onProgress }: CallOptions<'relations'> = {},
  ): Promise<RelationsResult> {
    onProgress?.({ done: 1, total: 2, relations: relations.slice(0, 1200) });
    onProgress?.({ done: 2, total: 2, relations: relations.slice(1200) });
    const covered = { start: 0, end: request.text.length };
    return Promise.resolve({ relations, covered, pairs: 9, skippedPairs: 0, model });
  }

  readonly concepts = () => Promise.resolve({ terminology: undefined, concepts: [] });
  readonly answer = () => Promise.reject(new Error('not asked'));
  readonly embed = () => Promise.resolve([Float32Array.of(0.6, 0.8)]);

  passages({ text, embed }: PassagesRequest): Promise<PassagesResult> {
    const passages = Array.from({ length: 120 }, (_, start) => ({
      start,
      end: start + 1,
      text: `${text} ${start}`,
      base: 0,
      runs: [{ start: 0, length: 1, documentStart: start, documentLength: 1 }],
      sentences: [{ start: 0, end: 1 }],
    }));
    const embeddings = passages.map(({ start }) => Float32Array.of(start));
    return Promise.resolve(embed === true ? { passages, embeddings } : { passages });
  }

  tag(request: TagRequest, { onProgress }: CallOptions<'tag'> = {}): Promise<TagResult> {
    this.requests.push(request);
    onProgress?.({ done: 1, total: 2, entities: entities.slice(0, 1100) });
    onProgress?.({ done: 2, total: 2, entities: [] });
    const { length } = request.text;
    return Promise.resolve({
      entities: this.result,
      abbreviations,
      covered: { start: 0, end: length },
      sentences: 1,
      cached: 0,
      tokens: 1,
      model,
    });
  }
}

describe('serveEngine', () => {
  it('answers a ping with the number of batches', async () => {
    const { a, b } = connectedRpcs();
    let batches = 3;
    serveEngine(b, new FakeEngine(), () => batches);
    const seen: number[] = [];
    a.on(statusEvent, (status) => seen.push(status.batches));
    a.notify(pingEvent, undefined);
    await vi.waitFor(() => expect(seen).toEqual([3]));
    batches = 4;
    a.notify(pingEvent, undefined);
    await vi.waitFor(() => expect(seen).toEqual([3, 4]));
  });

  it('streams entities in order, in messages of bounded size', async () => {
    const { a, b } = connectedRpcs();
    const engine = new FakeEngine();
    serveEngine(b, engine, () => 0);
    const { id, parts } = new TextSender().prepare('a', 'BRCA1');
    for (const part of parts) a.notify(textEvent, part);
    const received: TagPart[] = [];
    const params = { document: 'a', textId: id, format: 'plain' as const };
    const reply = await a.request(tagMethod, params, { onProgress: (part) => received.push(part) });
    expect(reply).toMatchObject({ kind: 'done', result: { covered: { start: 0, end: 5 } } });
    expect(JSON.stringify(reply).length).toBeLessThan(500);
    expect(received.flatMap((part) => part.entities)).toEqual(entities);
    expect(received.flatMap((part) => part.abbreviations)).toEqual(abbreviations);
    for (const part of received) {
      expect(part.entities.length).toBeLessThanOrEqual(itemsPerMessage);
      expect(part.abbreviations.length).toBeLessThanOrEqual(itemsPerMessage);
    }
    expect(engine.requests[0]).toMatchObject({ document: 'a', text: 'BRCA1' });
  });

  it('sends only the differences between the result and the reported entities', async () => {
    const { a, b } = connectedRpcs();
    const engine = new FakeEngine();
    serveEngine(b, engine, () => 0);
    engine.result = entities
      .filter((_, i) => i !== 7)
      .map((entity, i) => (i === 3 ? { ...entity, type: 'Disease', isInferred: true as const } : entity));
    const { id, parts } = new TextSender().prepare('a', 'BRCA1');
    for (const part of parts) a.notify(textEvent, part);
    const collector = new TagCollector(undefined);
    const corrections: TagPart[] = [];
    const params = { document: 'a', textId: id, format: 'plain' as const };
    const onProgress = (part: TagPart) => {
      collector.add(part);
      if (part.withdrawn) corrections.push(part);
    };
    await a.request(tagMethod, params, { onProgress });
    expect(collector.entities).toEqual(engine.result);
    expect(collector.abbreviations).toEqual(abbreviations);
    expect(corrections.flatMap(({ withdrawn = [] }) => withdrawn)).toHaveLength(2);
    for (const part of corrections) expect(part.entities.length).toBeLessThanOrEqual(itemsPerMessage);
  });

  it('streams relations in messages of bounded size', async () => {
    const { a, b } = connectedRpcs();
    serveEngine(b, new FakeEngine(), () => 0);
    const { id, parts } = new TextSender().prepare('a', 'BRCA1');
    for (const part of parts) a.notify(textEvent, part);
    const received: RelateProgress[] = [];
    const params = { document: 'a', textId: id, format: 'plain' as const };
    const onProgress = (part: RelateProgress) => received.push(part);
    const reply = await a.request(relationsMethod, params, { onProgress });
    expect(reply).toMatchObject({ kind: 'done', result: { covered: { start: 0, end: 5 }, pairs: 9 } });
    expect(received.flatMap((part) => part.relations)).toEqual(relations);
    for (const part of received) expect(part.relations.length).toBeLessThanOrEqual(itemsPerMessage);
    expect(await a.request(relationsMethod, { ...params, textId: 77 })).toEqual({ kind: 'text-unknown' });
  });

  it('asks for a text that it never received, and for a forgotten one', async () => {
    const { a, b } = connectedRpcs();
    const engine = new FakeEngine();
    serveEngine(b, engine, () => 0);
    const params = { document: 'a', textId: 1, format: 'plain' as const };
    expect(await a.request(tagMethod, params)).toEqual({ kind: 'text-unknown' });
    for (const part of new TextSender().prepare('a', 'BRCA1').parts) a.notify(textEvent, part);
    expect(await a.request(tagMethod, params)).toMatchObject({ kind: 'done' });
    a.notify(forgetEvent, 'a');
    expect(await a.request(tagMethod, params)).toEqual({ kind: 'text-unknown' });
    expect(engine.forgotten).toEqual(['a']);
  });

  it('streams passages with their embeddings, in messages of bounded size', async () => {
    const { a, b } = connectedRpcs();
    serveEngine(b, new FakeEngine(), () => 0);
    const { id, parts } = new TextSender().prepare('a', 'text');
    for (const part of parts) a.notify(textEvent, part);
    const received: PassagesPart[] = [];
    const params = { document: 'a', textId: id, format: 'plain' as const, embed: true };
    await a.request(passagesMethod, params, { onProgress: (part) => received.push(part) });
    expect(received.flatMap(({ passages }) => passages.map(({ text }) => text)).slice(0, 2)).toEqual([
      'text 0',
      'text 1',
    ]);
    expect(received.flatMap(({ embeddings }) => embeddings.map(([first]) => first))).toEqual(
      Array.from({ length: 120 }, (_, i) => i),
    );
    for (const { passages } of received) expect(passages.length).toBeLessThanOrEqual(passagesPerMessage);
    expect(await a.request(passagesMethod, { ...params, textId: 99 })).toEqual({ kind: 'text-unknown' });
  });

  it('passes on embeddings', async () => {
    const { a, b } = connectedRpcs();
    serveEngine(b, new FakeEngine(), () => 0);
    expect(await a.request(embedMethod, { texts: ['x'] })).toEqual([Float32Array.of(0.6, 0.8)]);
  });
});
