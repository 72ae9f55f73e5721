/** Measures the tagger on one annotated file: text in, spans out, compared with the gold mentions. */
import { createTagger, type Tagger, type TaggerOptions } from '../../src/core/entities/pipeline';
import type { Entity, EntityType } from '../../src/core/types';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { type Corpus, readCorpus } from './corpus';
import { guidelineOf, underGuideline } from './guidelines';
import { type PeopleLeftOut, withoutPeople } from './people';
import { reliabilityOf } from './reliability';
import type { FileResult } from './report';
import { compare, compareCollapsed } from './score';
import { type TypeOf, typeNames } from './typeNames';

export interface MeasureOptions {
  /** Predictions with a lower probability do not count. */
  readonly minProbability: number;
  /** Rejoin the sentences of an IOB file to abstracts. A PubTator file has whole documents either way. */
  readonly document: boolean;
  /** Lower-case name of the corpus → type of the model; `-` for none. */
  readonly map: ReadonlyMap<string, EntityType>;
  /** Type of bare tags. Default: from the name of the file and its folder. */
  readonly type?: string;
  readonly calibration: boolean;
  /** Counts all types as one. */
  readonly collapse: boolean;
  /** Makes each document consistent. */
  readonly consistency: boolean;
}

/** Predictions below this probability are not used to measure calibration. */
const leastJudged = 0.01;

/**
 * Measures the shown types, and the head that follows the guideline of the corpus if the model has one.
 * @param file Its name says which corpus it is.
 * @throws {BioBertError} ARGUMENT_INVALID when the text is in no format that is known.
 */
export async function measureFile(
  file: string,
  text: string,
  { model, options }: { readonly model: LoadedTagger; readonly options: MeasureOptions },
): Promise<FileResult[]> {
  const typeOf = typeNames(file, { map: options.map, bareType: options.type });
  const measured = async (part: Part) => ({ file, ...(await measure(text, part, options)) });
  const results = [await measured({ model, typeOf })];
  const guideline = options.collapse ? undefined : guidelineOf(file, model);
  if (guideline) results.push(await measured(underGuideline(guideline, model, typeOf)));
  return results;
}

/** Types of a model, and the corpus's names for them. */
interface Part {
  readonly model: LoadedTagger;
  readonly typeOf: TypeOf;
}

async function measure(
  text: string,
  { model, typeOf }: Part,
  options: MeasureOptions,
): Promise<Omit<FileResult, 'file'>> {
  const corpus = readCorpus(text, { typeOf, joinSentences: options.document });
  const tagger = createTagger({ ...model, model, splitSentences: corpus.split });
  const started = performance.now();
  const found = await tagDocuments(corpus, tagger, {
    minProbability: options.calibration ? leastJudged : options.minProbability,
    consistency: options.consistency ? { records: corpus.records } : undefined,
  });
  const seconds = Math.round(performance.now() - started) / 1000;
  const isKept = ({ probability }: Entity) => probability >= options.minProbability;
  const { scored, peopleLeftOut } = withoutPeopleOf(corpus, found, isKept);
  const kept = scored.filter(isKept);
  const comparison = options.collapse
    ? compareCollapsed(corpus, kept)
    : compare(corpus, kept, model.info.types);
  const result = { corpus, comparison, seconds, peopleLeftOut };
  if (!options.calibration) return result;
  const { judged } = compare(corpus, scored, model.info.types);
  const reliability = comparison.scores.map(({ type }) =>
    reliabilityOf(type, judged, model.config.calibration[type]),
  );
  return { ...result, reliability };
}

/** Tags one document after the other, because the consistency stage must not carry names from one to the next. */
async function tagDocuments(corpus: Corpus, tagger: Tagger, options: TaggerOptions): Promise<Entity[]> {
  const found: Entity[] = [];
  for (const segments of corpus.documents) {
    const { entities } = await tagger.tag(corpus.text, segments, options);
    for (const entity of entities) found.push(entity);
  }
  return found;
}

/** Leaves mentions of people out of the predictions if the corpus leaves them out of its gold mentions. */
function withoutPeopleOf(
  { text, peopleLeftOut: gold }: Corpus,
  found: readonly Entity[],
  isKept: (entity: Entity) => boolean,
): { readonly scored: readonly Entity[]; readonly peopleLeftOut?: PeopleLeftOut } {
  if (gold === undefined) return { scored: found };
  const kept = found.filter(isKept);
  const predicted = kept.length - withoutPeople(kept, text).length;
  return { scored: withoutPeople(found, text), peopleLeftOut: { gold, predicted } };
}
