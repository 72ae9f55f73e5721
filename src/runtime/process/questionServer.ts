import type { QuestionEngine } from '../../protocol/engine';
import {
  answerMethod,
  embedMethod,
  passagesMethod,
  type PassagesParams,
  type PassagesPart,
  passagesPerMessage,
  type PassagesReply,
} from '../../protocol/questionMessages';
import type { CallContext, Rpc } from '../../protocol/rpc';
import type { TextReceiver } from '../../protocol/textTransfer';

/** Answers the question requests of an engine over a connection. */
export function serveQuestions(rpc: Rpc, engine: QuestionEngine, texts: TextReceiver): void {
  rpc.handle(passagesMethod, (params, context) => passages(engine, texts, params, context));
  rpc.handle(embedMethod, (request, { signal }) => engine.embed(request, { signal }));
  rpc.handle(answerMethod, (request, { signal, progress }) =>
    engine.answer(request, { signal, onProgress: progress }),
  );
}

async function passages(
  engine: QuestionEngine,
  texts: TextReceiver,
  { textId, ...request }: PassagesParams,
  { signal, progress }: CallContext<PassagesPart>,
): Promise<PassagesReply> {
  const text = texts.textOf(request.document, textId);
  if (text === undefined) return { kind: 'text-unknown' };
  const found = await engine.passages({ ...request, text }, { signal });
  for (let from = 0; from < found.passages.length; from += passagesPerMessage) {
    const to = from + passagesPerMessage;
    progress({
      passages: found.passages.slice(from, to),
      embeddings: found.embeddings?.slice(from, to) ?? [],
    });
    // Lets the reader's event loop turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { kind: 'done' };
}
