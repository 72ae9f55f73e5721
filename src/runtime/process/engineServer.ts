import type { RelateProgress } from '../../core/relations/relate';
import { placeKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';
import type {
  BioBertEngine,
  EngineMethod,
  EngineMethods,
  PassagesRequest,
  RelationsRequest,
  RelationsResult,
  TagRequest,
  TagResult,
} from '../../protocol/engine';
import {
  forgetEvent,
  itemsPerMessage,
  conceptsMethod,
  loadMethod,
  pingEvent,
  relationsMethod,
  statusEvent,
  tagMethod,
  type TagPart,
  textEvent,
  type TextParams,
  type TextReply,
} from '../../protocol/engineMessages';
import {
  answerMethod,
  embedMethod,
  passagesMethod,
  type PassagesEnd,
  type PassagesPart,
  passagesPerMessage,
} from '../../protocol/questionMessages';
import type { CallContext, Method, Rpc } from '../../protocol/rpc';
import { TextReceiver } from '../../protocol/textTransfer';

/** Lets the reader's event loop turn between two messages that come from the cache in a row. */
const pauseBetweenPartsMs = 2;

/**
 * Answers an engine's requests over a connection.
 * @param batches Returns the number of batches that the engine has begun.
 */
export function serveEngine(rpc: Rpc, engine: BioBertEngine, batches: () => number): void {
  const texts = new TextReceiver();
  rpc.on(textEvent, (part) => texts.receive(part));
  rpc.on(forgetEvent, (document) => {
    texts.forget(document);
    engine.forget(document);
  });
  rpc.handle(loadMethod, (task, { signal }) => engine.load(signal, task));
  for (const serve of Object.values(services)) serve({ rpc, engine, texts });
  const reportStatus = () =>
    rpc.notify(statusEvent, {
      state: engine.status.state,
      memoryBytes: process.memoryUsage.rss(),
      batches: batches(),
    });
  engine.onDidChangeStatus(reportStatus);
  // The other end pings each second while it waits for something.
  rpc.on(pingEvent, reportStatus);
}

interface Served {
  readonly rpc: Rpc;
  readonly engine: BioBertEngine;
  readonly texts: TextReceiver;
}

/** Answers the requests of each method. */
const services: Readonly<Record<EngineMethod, (served: Served) => void>> = {
  tag: ({ rpc, engine, texts }) =>
    serveText(rpc, texts, tagMethod, (request, context) => tag(engine, request, context)),
  relations: ({ rpc, engine, texts }) =>
    serveText(rpc, texts, relationsMethod, (request, context) => relations(engine, request, context)),
  passages: ({ rpc, engine, texts }) =>
    serveText(rpc, texts, passagesMethod, (request, context) => passages(engine, request, context)),
  embed: ({ rpc, engine }) =>
    rpc.handle(embedMethod, (request, { signal }) => engine.embed(request, { signal })),
  answer: ({ rpc, engine }) =>
    rpc.handle(answerMethod, (request, { signal, progress }) =>
      engine.answer(request, { signal, onProgress: progress }),
    ),
  concepts: ({ rpc, engine }) =>
    rpc.handle(conceptsMethod, (request, { signal }) => engine.concepts(request, { signal })),
};

/** Answers requests about texts that were sent before. */
function serveText<Params extends TextParams<{ readonly document: string }>, Rest, Part>(
  rpc: Rpc,
  texts: TextReceiver,
  method: Method<Params, TextReply<Rest>, Part>,
  answer: (
    request: Omit<Params, 'textId'> & { readonly text: string },
    context: CallContext<Part>,
  ) => Promise<Rest>,
): void {
  rpc.handle(method, async ({ textId, ...request }, context) => {
    const text = texts.textOf(request.document, textId);
    if (text === undefined) return { kind: 'text-unknown' };
    return answer({ ...request, text }, context).then((result) => ({ kind: 'done', result }));
  });
}

async function tag(
  engine: Pick<EngineMethods, 'tag'>,
  request: TagRequest,
  { signal, progress }: CallContext<TagPart>,
): Promise<Omit<TagResult, 'entities' | 'abbreviations'>> {
  const stream = new PartStream(progress);
  const result = await engine.tag(request, {
    signal,
    onProgress: ({ done, total, entities }) => stream.add(done, total, entities),
  });
  await stream.finish(result);
  const { entities, abbreviations, ...rest } = result;
  return rest;
}

async function relations(
  engine: Pick<EngineMethods, 'relations'>,
  request: RelationsRequest,
  { signal, progress }: CallContext<RelateProgress>,
): Promise<Omit<RelationsResult, 'relations'>> {
  const sender = new PacedSender(progress);
  const result = await engine.relations(request, {
    signal,
    onProgress: ({ done, total, relations: found }) => {
      for (let from = 0; from === 0 || from < found.length; from += itemsPerMessage) {
        const part = found.slice(from, from + itemsPerMessage);
        sender.send({ done, total, relations: part }, part.length);
      }
    },
  });
  await sender.allSent;
  const { relations, ...rest } = result;
  return rest;
}

async function passages(
  engine: Pick<EngineMethods, 'passages'>,
  request: PassagesRequest,
  { signal, progress }: CallContext<PassagesPart>,
): Promise<PassagesEnd> {
  const found = await engine.passages(request, { signal });
  for (let from = 0; from < found.passages.length; from += passagesPerMessage) {
    const to = from + passagesPerMessage;
    progress({
      passages: found.passages.slice(from, to),
      embeddings: found.embeddings?.slice(from, to) ?? [],
    });
    // Lets the reader's event loop turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { publications, simplified, unread } = found;
  return { publications, simplified, unread };
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
  return (
    placeKey(a) === placeKey(b) &&
    a.probability === b.probability &&
    a.isInferred === b.isInferred &&
    a.concepts === b.concepts
  );
}
