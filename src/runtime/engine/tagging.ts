import type { SpanCache } from '../../core/entities/spanCache';
import type { ParsedDocument } from '../../core/documents/parse';
import { throwIfCancelled } from '../../core/errors';
import { recordStarts } from '../../core/formats/records';
import { type ConsistencyOptions, createTagger, type TaggerOptions } from '../../core/entities/pipeline';
import type { Batch, DocumentFormat, Segment, Span } from '../../core/types';
import type { TagOptions, TagRequest, TagResult } from '../../protocol/engine';
import { orCancelled } from '../abort';
import { type DocumentCache, segmentsIn } from './documentCache';
import type { LoadedModel } from './loadTagger';
import type { Priority, Scheduler } from './scheduler';
import { checkText } from './textLimits';

/** What the tasks of an engine share. */
export interface TaskContext {
  readonly documents: DocumentCache;
  readonly scheduler: Scheduler;
  readonly maxCharacters: number;
  /** What the tagger found before. */
  readonly spans: SpanCache;
}

/** @throws {CancelledError} after `signal` aborts, {@link BioBertError} otherwise. */
export async function tagDocument(
  context: TaskContext,
  loadTagger: () => Promise<LoadedModel>,
  request: TagRequest,
  { signal, onProgress }: TagOptions,
): Promise<TagResult> {
  checkText(request.text, context.maxCharacters);
  const model = await loadTagger();
  throwIfCancelled(signal);
  const priority = request.priority ?? 'background';
  await context.scheduler.turn(priority);
  const parsed = context.documents.parse(request.document, request.text, request.format);
  const { segments, covered } = segmentsIn(parsed, request.range);
  const { types, minProbability, consistency = true } = request;
  const agreeing = consistency ? consistencyOf(parsed, request.format, segments, covered) : undefined;
  const options = { signal, types, minProbability, consistency: agreeing, onProgress };
  const tagged = await tagSegments(context, model, request.text, { segments, priority, options });
  return { ...tagged, covered, model: model.info };
}

/**
 * How far around a tagged range names are looked at, in characters. Most abstracts lie within it. A hover or an edit in a
 * book stays quick: in a text of 52,000 characters it takes less than twice the time that one sentence takes alone. A long
 * document is made consistent whenever it is tagged as a whole, as it is after a pause in typing.
 */
const contextCharacters = 3_000;

/** For the stage that sees whole documents. @param covered What `segments` are tagged of. */
export function consistencyOf(
  parsed: ParsedDocument,
  format: DocumentFormat,
  segments: readonly Segment[],
  covered: Span,
): ConsistencyOptions {
  const records = recordStarts(parsed.text, format);
  if (segments.length === parsed.segments.length) return { records };
  const first = records.findLast((start) => start <= covered.start) ?? 0;
  const next = records.find((start) => start >= covered.end) ?? parsed.text.length;
  const around = {
    start: Math.max(first, covered.start - contextCharacters),
    end: Math.min(next, covered.end + contextCharacters),
  };
  const tagged = new Set(segments);
  const context = segmentsIn(parsed, around).segments.filter((segment) => !tagged.has(segment));
  return { records, context };
}

interface SegmentsToTag {
  readonly segments: readonly Segment[];
  readonly priority: Priority;
  readonly options: Omit<TaggerOptions, 'pause'>;
}

/** Tags segments, giving way to interactive requests between batches. */
export function tagSegments(
  { scheduler, spans }: TaskContext,
  model: LoadedModel,
  text: string,
  { segments, priority, options }: SegmentsToTag,
) {
  const turn = () => scheduler.turn(priority);
  const run = async (batch: Batch) => {
    await turn();
    throwIfCancelled(options.signal);
    return orCancelled(model.run(batch), options.signal);
  };
  const { tokenizer, config, maxTokensPerBatch } = model;
  const tagger = createTagger({ model: { run }, tokenizer, config, maxTokensPerBatch, cache: spans });
  return tagger.tag(text, segments, { ...options, pause: turn });
}
