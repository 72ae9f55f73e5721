import { placeKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';
import type { BioBertEngine, Engine, RelationEngine, TagResult } from '../../protocol/engine';
import {
  forgetEvent,
  itemsPerMessage,
  loadMethod,
  relationsMethod,
  type RelationsParams,
  type RelationsPart,
  type RelationsReply,
  statusEvent,
  tagMethod,
  type TagParams,
  type TagPart,
  type TagReply,
  textEvent,
} from '../../protocol/engineMessages';
import type { CallContext, Rpc } from '../../protocol/rpc';
import { TextReceiver } from '../../protocol/textTransfer';
import { serveQuestions } from './questionServer';

/** How often the memory is told while requests run. */
const statusEveryMs = 1000;

/** Lets the reader's event loop turn between two messages that come from the cache in a row. */
const pauseBetweenPartsMs = 2;

/** Answers an engine's requests over a connection. */
export function serveEngine(rpc: Rpc, engine: BioBertEngine): void {
  const texts = new TextReceiver();
  rpc.on(textEvent, (part) => texts.receive(part));
  rpc.on(forgetEvent, (document) => {
    texts.forget(document);
    engine.forget(document);
  });
  rpc.handle(loadMethod, (task, { signal }) => engine.load(signal, task));
  rpc.handle(tagMethod, (params, context) => tag(engine, texts, params, context));
  rpc.handle(relationsMethod, (params, context) => relations(engine, texts, params, context));
  serveQuestions(rpc, engine, texts);
  const tell = () =>
    rpc.notify(statusEvent, { state: engine.status.state, memoryBytes: process.memoryUsage.rss() });
  engine.onDidChangeStatus(tell);
  // While a batch runs no timer fires, and between requests nothing changes.
  setInterval(() => engine.status.state === 'working' && tell(), statusEveryMs).unref();
}

async function tag(
  engine: Engine,
  texts: TextReceiver,
  params: TagParams,
  { signal, progress }: CallContext<TagPart>,
): Promise<TagReply> {
  const { textId, ...request } = params;
  const text = texts.textOf(params.document, textId);
  if (text === undefined) return { kind: 'text-unknown' };
  const stream = new PartStream(progress);
  const result = await engine.tag(
    { ...request, text },
    { signal, onProgress: ({ done, total, entities }) => stream.add(done, total, entities) },
  );
  await stream.finish(result);
  const { covered, sentences, cached, tokens, model } = result;
  return { kind: 'done', covered, sentences, cached, tokens, model };
}

async function relations(
  engine: RelationEngine,
  texts: TextReceiver,
  params: RelationsParams,
  { signal, progress }: CallContext<RelationsPart>,
): Promise<RelationsReply> {
  const { textId, ...request } = params;
  const text = texts.textOf(params.document, textId);
  if (text === undefined) return { kind: 'text-unknown' };
  const post = new PacedSender(progress);
  const result = await engine.relations(
    { ...request, text },
    {
      signal,
      onProgress: ({ done, total, relations: found }) => {
        for (let from = 0; from === 0 || from < found.length; from += itemsPerMessage) {
          const part = found.slice(from, from + itemsPerMessage);
          post.send({ done, total, relations: part }, part.length);
        }
      },
    },
  );
  await post.allSent;
  const { covered, pairs, unasked, model } = result;
  return { kind: 'done', covered, pairs, unasked, model };
}

/** Sends messages in order, and after a large one lets the reader's event loop turn. */
class PacedSender<Part> {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly post: (part: Part) => void) {}

  get allSent(): Promise<void> {
    return this.last;
  }

  send(part: Part, items: number): void {
    this.last = this.last.then(async () => {
      this.post(part);
      if (items < itemsPerMessage / 4) return;
      await new Promise((resolve) => setTimeout(resolve, pauseBetweenPartsMs));
    });
  }
}

/** Sends what is found in parts of bounded size, in order, and at the end what the result changes in it. */
class PartStream {
  private readonly sent: Entity[] = [];
  private done = 0;
  private total = 0;
  private readonly sender: PacedSender<TagPart>;

  constructor(post: (part: TagPart) => void) {
    this.sender = new PacedSender(post);
  }

  add(done: number, total: number, entities: readonly Entity[]): void {
    for (const entity of entities) this.sent.push(entity);
    this.done = done;
    this.total = total;
    this.send({ entities, abbreviations: [] });
  }

  /** Sends what was never reported as progress, then the corrections, and waits until all is out. */
  async finish({ entities, abbreviations }: TagResult): Promise<void> {
    const isSame = this.sent.every((entity, i) => entities[i] !== undefined && isEqual(entity, entities[i]));
    if (!isSame) {
      this.send({ entities: [], abbreviations });
      this.correct(entities);
    } else if (entities.length > this.sent.length || abbreviations.length > 0) {
      this.send({ entities: entities.slice(this.sent.length), abbreviations });
    }
    await this.sender.allSent;
  }

  private correct(result: readonly Entity[]): void {
    const atPlace = new Map(result.map((entity) => [placeKey(entity), entity]));
    const withdrawn = this.sent.filter((entity) => {
      const now = atPlace.get(placeKey(entity));
      return now === undefined || !isEqual(entity, now);
    });
    const gone = new Set(withdrawn);
    const kept = new Set(this.sent.filter((entity) => !gone.has(entity)).map(placeKey));
    const entities = result.filter((entity) => !kept.has(placeKey(entity)));
    this.send({
      entities,
      abbreviations: [],
      withdrawn: withdrawn.map(({ start, end }) => ({ start, end })),
    });
  }

  private send(found: Pick<TagPart, 'entities' | 'abbreviations' | 'withdrawn'>): void {
    const { entities, abbreviations, withdrawn } = found;
    const { done, total } = this;
    const items = Math.max(entities.length, abbreviations.length, withdrawn?.length ?? 0);
    for (let from = 0; from === 0 || from < items; from += itemsPerMessage) {
      const to = from + itemsPerMessage;
      const part = {
        done,
        total,
        entities: entities.slice(from, to),
        abbreviations: abbreviations.slice(from, to),
        ...(withdrawn && { withdrawn: withdrawn.slice(from, to) }),
      };
      this.sender.send(part, part.entities.length + part.abbreviations.length);
    }
  }
}

/** Whether two entities at one place are the same finding. */
function isEqual(a: Entity, b: Entity): boolean {
  return placeKey(a) === placeKey(b) && a.probability === b.probability && a.isInferred === b.isInferred;
}
