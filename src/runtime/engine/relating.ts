import type { TextCache } from '../../core/entities/spanCache';
import { throwIfCancelled } from '../../core/errors';
import { recordStarts } from '../../core/formats/records';
import type { DecodedRelation } from '../../core/relations/decode';
import { abbreviationsOf, type ConsistencyOptions } from '../../core/entities/pipeline';
import { createRelater } from '../../core/relations/relate';
import type { RelationBatch } from '../../core/relations/score';
import type { Abbreviation, Entity, Segment } from '../../core/types';
import type { RelationsOptions, RelationsRequest, RelationsResult } from '../../protocol/engine';
import { orCancelled } from '../abort';
import { segmentsIn } from './documentCache';
import type { LoadedModel } from './loadTagger';
import type { LoadedRelations } from './loadRelations';
import { consistencyOf, tagSegments, type TaskContext } from './tagging';
import { checkText } from './textLimits';

export interface RelationModels {
  readonly loadRelations: () => Promise<LoadedRelations>;
  /** Asked only where the request names no entities. */
  readonly loadTagger: () => Promise<LoadedModel>;
  /** What the relation model found before. */
  readonly found: TextCache<DecodedRelation>;
}

/**
 * Tags the text where the request brings no entities, then relates them.
 * @throws {CancelledError} after `signal` aborts, {@link BioBertError} otherwise.
 */
export async function relateDocument(
  context: TaskContext,
  models: RelationModels,
  request: RelationsRequest,
  options: RelationsOptions,
): Promise<RelationsResult> {
  const { text, format, types, minProbability, priority = 'background' } = request;
  const { signal } = options;
  checkText(text, context.maxCharacters);
  const model = await models.loadRelations();
  throwIfCancelled(signal);
  const turn = () => context.scheduler.turn(priority);
  await turn();
  const parsed = context.documents.parse(request.document, text, format);
  const { segments, covered } = segmentsIn(parsed, request.range);
  const progress = new TwoStepProgress(segments, request.entities === undefined, options);
  const consistency = consistencyOf(parsed, format, segments, covered);
  const known = await mentionsOf(context, models, request, { segments, consistency, progress, signal });
  const run = async (batch: RelationBatch) => {
    await turn();
    throwIfCancelled(signal);
    return orCancelled(model.run(batch), signal);
  };
  const { tokenizer, config, maxTokensPerBatch } = model;
  const parts = { model: { run }, tokenizer, config, maxTokensPerBatch, cache: models.found };
  const relater = createRelater(parts);
  const borders = recordStarts(text, format);
  const { relations, pairs, skippedPairs } = await relater.relate(
    { segments, borders, ...known },
    {
      signal,
      types,
      minProbability,
      pause: turn,
      onProgress: ({ done, relations: fresh }) => progress.related(done, fresh),
    },
  );
  return {
    relations,
    covered,
    pairs,
    unasked: skippedPairs > 0 ? skippedPairs : undefined,
    model: model.info,
  };
}

interface Tagging {
  readonly segments: readonly Segment[];
  readonly consistency: ConsistencyOptions;
  readonly progress: TwoStepProgress;
  readonly signal: AbortSignal | undefined;
}

async function mentionsOf(
  context: TaskContext,
  { loadTagger }: RelationModels,
  { entities, entityTypes: types, text, priority = 'background' }: RelationsRequest,
  { segments, consistency, progress, signal }: Tagging,
): Promise<{ readonly entities: readonly Entity[]; readonly abbreviations: readonly Abbreviation[] }> {
  if (entities)
    return {
      entities: inOrder(entities),
      abbreviations: segments.flatMap((segment) => abbreviationsOf(segment)),
    };
  const tagger = await loadTagger();
  throwIfCancelled(signal);
  const onProgress = ({ done }: { done: number }) => progress.tagged(done);
  const options = { signal, types, consistency, onProgress };
  return tagSegments(context, tagger, text, { segments, priority, options });
}

function inOrder(entities: readonly Entity[]): readonly Entity[] {
  return [...entities].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Counts every character once for the tagger, where it is asked, and once for the relations. */
class TwoStepProgress {
  private readonly length: number;
  private readonly tagging: number;

  constructor(
    segments: readonly Segment[],
    isTagged: boolean,
    private readonly options: RelationsOptions,
  ) {
    this.length = segments.reduce((sum, { text }) => sum + text.length, 0);
    this.tagging = isTagged ? this.length : 0;
  }

  tagged(done: number): void {
    this.tell(done, []);
  }

  related(done: number, relations: RelationsResult['relations']): void {
    this.tell(this.tagging + done, relations);
  }

  private tell(done: number, relations: RelationsResult['relations']): void {
    this.options.onProgress?.({ done, total: this.tagging + this.length, relations });
  }
}
