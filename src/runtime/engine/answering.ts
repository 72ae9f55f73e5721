import { throwIfCancelled } from '../../core/errors';
import { checkPassages, checkQuestion } from '../../core/questions/check';
import { splitPassages } from '../../core/questions/passages';
import { createReader, type Reader } from '../../core/questions/reader';
import type { Batch } from '../../core/types';
import type {
  AnswerOptions,
  AnswerRequest,
  AnswerResult,
  EmbedRequest,
  PassagesRequest,
  PassagesResult,
} from '../../protocol/engine';
import { orCancelled } from '../abort';
import type { LoadedQuestions } from './loadQuestions';
import type { TaskContext } from './tagging';
import type { Priority } from './scheduler';
import { checkText } from './textLimits';

type Signalled = { readonly signal?: AbortSignal | undefined };
type LoadQuestions = () => Promise<LoadedQuestions>;

/**
 * Cuts a document into passages; the model is loaded for their embeddings only.
 * @throws {CancelledError} after `signal` aborts, {@link BioBertError} otherwise.
 */
export async function passagesOf(
  context: TaskContext,
  load: LoadQuestions,
  { document, text, format, embed = false, priority = 'background' }: PassagesRequest,
  { signal }: Signalled,
): Promise<PassagesResult> {
  checkText(text, context.maxCharacters);
  await context.scheduler.turn(priority);
  throwIfCancelled(signal);
  const passages = splitPassages(context.documents.parse(document, text, format).segments);
  if (!embed) return { passages };
  const model = await load();
  if (!model.embed) return { passages };
  const reader = readerOf(context, model, { priority, signal });
  return {
    passages,
    embeddings: await reader.embed(
      passages.map((passage) => passage.text),
      { signal },
    ),
  };
}

/** @throws {CancelledError} after `signal` aborts, {@link BioBertError} otherwise. */
export async function embedTexts(
  context: TaskContext,
  load: LoadQuestions,
  { texts, priority = 'background' }: EmbedRequest,
  { signal }: Signalled,
): Promise<readonly Float32Array[]> {
  for (const text of texts) checkText(text, context.maxCharacters);
  return readerOf(context, await load(), { priority, signal }).embed(texts, { signal });
}

/** @throws {CancelledError} after `signal` aborts, {@link BioBertError} otherwise. */
export async function answerQuestion(
  context: TaskContext,
  load: LoadQuestions,
  { priority = 'interactive', ...request }: AnswerRequest,
  { signal, onProgress }: AnswerOptions,
): Promise<AnswerResult> {
  // Before the model is loaded: a question that cannot be asked needs none.
  checkQuestion(request.question);
  checkPassages(request.passages.map(({ text }) => text));
  for (const { text } of request.passages) checkText(text, context.maxCharacters);
  const model = await load();
  const reader = readerOf(context, model, { priority, signal });
  return { ...(await reader.read(request, { signal, onProgress })), model: model.info };
}

/** A reader that gives way to more urgent requests between batches. */
function readerOf(
  { scheduler }: TaskContext,
  model: LoadedQuestions,
  { priority, signal }: Signalled & { readonly priority: Priority },
): Reader {
  const inTurn =
    <T>(run: (batch: Batch) => Promise<T>) =>
    async (batch: Batch) => {
      await scheduler.turn(priority);
      throwIfCancelled(signal);
      return orCancelled(run(batch), signal);
    };
  const { tokenizer, config, maxTokensPerBatch } = model;
  return createReader({
    model: { run: inTurn(model.run.bind(model)), embed: model.embed && inTurn(model.embed) },
    tokenizer,
    config,
    maxTokensPerBatch,
  });
}
