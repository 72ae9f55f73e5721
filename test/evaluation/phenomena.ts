/** Accuracy by phenomenon, on sentences that were written to break taggers. */
import { parseDocument } from '../../src/core/documents/parse';
import { createTagger } from '../../src/core/entities/pipeline';
import { placeKey } from '../../src/core/text/mentions';
import type { Entity, EntityType } from '../../src/core/types';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import type { MarkedSentence } from './markedSentences';
import { type Counts, type Mistake, type Score, scoreOf, sumOf, totalOf } from './score';

export interface PhenomenonResult {
  readonly phenomenon: string;
  readonly sentences: number;
  /** Settled names of types that the model has. */
  readonly names: number;
  /** Sentences in which every name and nothing else was found. */
  readonly flawless: number;
  readonly score: Score;
}

export interface PhenomenaResult {
  readonly phenomena: readonly PhenomenonResult[];
  readonly types: readonly Score[];
  readonly total: Score;
  /** Names by type that were left out because the model does not have the type. */
  readonly leftOut: ReadonlyMap<EntityType, number>;
  readonly mistakes: readonly (Mistake & { readonly text: string })[];
}

/** Tags each sentence as a document of its own, through the parser and the pipeline that ship. */
export async function measurePhenomena(
  sentences: readonly MarkedSentence[],
  model: LoadedTagger,
  minProbability?: number,
): Promise<PhenomenaResult> {
  const tagger = createTagger({ ...model, model });
  const judged: Judged[] = [];
  for (const sentence of sentences) {
    const { segments } = parseDocument(sentence.text, 'plain');
    const { entities } = await tagger.tag(sentence.text, segments, { minProbability });
    judged.push(judge(sentence, entities, model.info.types));
  }
  const types = model.info.types.map((type) => scoreOf(type, sumOf(judged.map((each) => each.counts(type)))));
  const missing = sentences
    .flatMap(({ names }) => names)
    .filter(({ type, isUnsettled }) => !isUnsettled && !model.info.types.includes(type));
  const leftOut = new Map<EntityType, number>();
  for (const { type } of missing) leftOut.set(type, (leftOut.get(type) ?? 0) + 1);
  return {
    phenomena: byPhenomenon(judged),
    types,
    total: totalOf(types),
    leftOut,
    mistakes: judged.flatMap(({ sentence, mistakes }) =>
      mistakes.map((mistake) => ({ ...mistake, text: sentence.text })),
    ),
  };
}

interface Judged {
  readonly sentence: MarkedSentence;
  readonly mistakes: readonly Mistake[];
  /** Counts of one type. Default: of all types. */
  readonly counts: (type?: EntityType) => Counts;
}

/** Compares the entities of one sentence with its marks. Exported for its test. */
export function judge(
  sentence: MarkedSentence,
  entities: readonly Entity[],
  modelTypes: readonly EntityType[],
): Judged {
  const known = sentence.names.filter(({ type }) => modelTypes.includes(type));
  const gold = known.filter(({ isUnsettled }) => !isUnsettled);
  const goldKeys = new Set(gold.map(placeKey));
  const unsettled = known.filter(({ isUnsettled }) => isUnsettled);
  const counted = entities.filter(
    (entity) =>
      goldKeys.has(placeKey(entity)) ||
      !unsettled.some(
        ({ start, end, type }) => type === entity.type && start < entity.end && entity.start < end,
      ),
  );
  const foundKeys = new Set(counted.map(placeKey));
  const wrong = counted.filter((entity) => !goldKeys.has(placeKey(entity)));
  const missed = gold.filter((name) => !foundKeys.has(placeKey(name)));
  const mistakes = [
    ...wrong.map(({ start, end, type }): Mistake => ({ kind: 'wrong', type, start, end })),
    ...missed.map(({ start, end, type }): Mistake => ({ kind: 'missed', type, start, end })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    sentence,
    mistakes,
    counts: (type) => {
      const own = (each: { readonly type: EntityType }) => type === undefined || each.type === type;
      const all = gold.filter(own).length;
      const lost = missed.filter(own).length;
      return { right: all - lost, wrong: wrong.filter(own).length, missed: lost };
    },
  };
}

function byPhenomenon(judged: readonly Judged[]): PhenomenonResult[] {
  return [...new Set(judged.map(({ sentence }) => sentence.phenomenon))].map((phenomenon) => {
    const own = judged.filter(({ sentence }) => sentence.phenomenon === phenomenon);
    const counts = sumOf(own.map((each) => each.counts()));
    return {
      phenomenon,
      sentences: own.length,
      names: counts.right + counts.missed,
      flawless: own.filter(({ mistakes }) => mistakes.length === 0).length,
      score: scoreOf('all', counts),
    };
  });
}
