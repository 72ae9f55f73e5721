/**
 * Lets a terminology help the tagger. A model reads the context of a name, a terminology knows the name; this stage
 * combines both by a logistic regression for each type, whose weights were fitted on development sets (see the card of the
 * tagger). Candidates are the spans that the model found and the names that the terminology knows.
 */
import type { KnownName } from '../linking/knownNames';
import { ownValue } from '../ownValue';
import { sigmoid } from '../tensors/sigmoid';
import { logSoftmax } from '../tensors/softmax';
import type { EntityType, TaggerConfig } from '../types';
import type { ConceptsOf } from './appositions';
import { logEnd, type WordEntity } from './entities';
import { readLabels } from './labels';
import { resolveOverlaps } from './overlaps';

/** The features of a span as a name of one type; their weights have the same names. */
export const featureNames = [
  'bias',
  // The model's logit that the span is a name of the type, and whether the model found it by itself.
  'logit',
  'found',
  // These say what the terminology knows of the span as a name of the type …
  'known',
  'preferred',
  'learnt',
  'weak',
  'frequency',
  // … and as a name of another type.
  'otherKnown',
  'onlyOther',
  'onlyOtherMainName',
  'otherFrequency',
  // These are about the name itself.
  'word',
  'short',
  'knownLogit',
] as const;

/** Weights by type. A type without an entry keeps the decision of the model; a feature without a weight does not count. */
export type NameWeights = NonNullable<TaggerConfig['nameWeights']>;

/** A span of words as a name of one type. */
export interface NameCandidate {
  readonly type: EntityType;
  /** Words `[start, end)` of the sentence. */
  readonly start: number;
  readonly end: number;
  readonly features: readonly number[];
}

export interface KnownNameParts {
  readonly knownNames: (text: string) => readonly KnownName[];
  /** Finds other names of a marked name: see `markAppositions`. Default: they are left to the model. */
  readonly conceptsOf?: ConceptsOf | undefined;
  readonly weights: NameWeights;
  /** Sees all candidates, to fit the weights. Offsets are those of words. */
  readonly observe?: ((candidates: readonly NameCandidate[], sentence: SentenceWords) => void) | undefined;
}

/** A sentence with its words. */
export interface SentenceWords {
  readonly text: string;
  readonly wordStarts: Int32Array;
  readonly wordEnds: Int32Array;
  /** `[words, labels]` */
  readonly logits: Float32Array;
}

/** Combines the entities of a sentence with what a terminology knows. */
export type KnownNameStage = (entities: readonly WordEntity[], sentence: SentenceWords) => WordEntity[];

/** @returns undefined for a model without a softmax for each type: its types compete with each other already. */
export function createKnownNameStage(
  config: Pick<TaggerConfig, 'labels' | 'decoding'>,
  { knownNames, weights, observe }: KnownNameParts,
): KnownNameStage | undefined {
  if (config.decoding !== 'per-type') return undefined;
  const columns = columnsOf(config);
  const vectors = new Map(
    Object.entries(weights).map(([type, own]) => [
      type,
      featureNames.map((name) => ownValue(own, name) ?? 0),
    ]),
  );
  const heads = { columns, types: [...vectors.keys()] };
  return (entities, sentence) => {
    const known = wordSpans(knownNames(sentence.text), sentence);
    const candidates = candidatesOf(entities, known, sentence, heads);
    observe?.(candidates, sentence);
    const kept = entities.filter(({ type }) => !vectors.has(type));
    return resolveOverlaps([
      ...kept,
      ...candidates.map((candidate) => weighed(candidate, vectors.get(candidate.type) ?? [])),
    ]);
  };
}

/** The columns of the logits that the softmax of a type has. */
type TypeColumns = readonly [outside: number, begin: number, inside: number];

function columnsOf({ labels }: Pick<TaggerConfig, 'labels'>): ReadonlyMap<EntityType, TypeColumns> {
  const { types, parts, outside } = readLabels(labels);
  return new Map(
    types.map((type, i) => [type, [outside, parts[i]?.get('B') ?? -1, parts[i]?.get('I') ?? -1] as const]),
  );
}

interface KnownWords {
  readonly start: number;
  readonly end: number;
  readonly name: KnownName;
}

/** The words that each name covers; a name that begins or ends inside a word is left out. */
function wordSpans(names: readonly KnownName[], { wordStarts, wordEnds }: SentenceWords): KnownWords[] {
  if (names.length === 0) return [];
  const startAt = new Map(Array.from(wordStarts, (at, word) => [at, word]));
  const endAt = new Map(Array.from(wordEnds, (at, word) => [at, word + 1]));
  return names.flatMap((name) => {
    const [start, end] = [startAt.get(name.start), endAt.get(name.end)];
    return start === undefined || end === undefined ? [] : [{ start, end, name }];
  });
}

function candidatesOf(
  entities: readonly WordEntity[],
  known: readonly KnownWords[],
  sentence: SentenceWords,
  { columns, types }: { columns: ReadonlyMap<EntityType, TypeColumns>; types: readonly EntityType[] },
): NameCandidate[] {
  const places = new Map<string, Place>();
  const placeAt = (start: number, end: number): Place => {
    const key = `${start} ${end}`;
    const place = places.get(key) ?? { start, end, found: undefined, name: undefined };
    places.set(key, place);
    return place;
  };
  for (const entity of entities)
    if (types.includes(entity.type)) placeAt(entity.start, entity.end).found = entity.type;
  for (const { start, end, name } of known) placeAt(start, end).name = name;
  const scorers = new Map<EntityType, SpanScorer>();
  return [...places.values()].flatMap((place) =>
    types
      .filter((type) => place.found !== undefined || place.name?.types.some((each) => each.type === type))
      .flatMap((type) => {
        const own = columns.get(type);
        if (own === undefined) return [];
        const scorer = scorers.get(type) ?? new SpanScorer(sentence, own);
        scorers.set(type, scorer);
        const { start, end } = place;
        const text = sentence.text.slice(sentence.wordStarts[start] ?? 0, sentence.wordEnds[end - 1] ?? 0);
        const found = scorer.logit(start, end);
        const logit = isUnmistakable(place.name, type, text) ? Math.max(undecided, found) : found;
        return [{ type, start, end, features: featuresOf(place, type, logit, text) }];
      }),
  );
}

interface Place {
  readonly start: number;
  readonly end: number;
  found: EntityType | undefined;
  name: KnownName | undefined;
}

/** Scales frequencies to about 1. */
const frequencyScale = 1 / 10;

function featuresOf({ found, name }: Place, type: EntityType, logit: number, text: string): number[] {
  const own = name?.types.find((each) => each.type === type);
  const others = name?.types.filter((each) => each.type !== type && each.rank !== 'weak') ?? [];
  const otherFrequency = others.reduce((most, { frequency }) => Math.max(most, frequency), 0);
  const flag = (isSet: boolean | undefined) => (isSet === true ? 1 : 0);
  return [
    1,
    logit,
    flag(found === type),
    flag(own !== undefined),
    flag(own?.rank === 'preferred'),
    flag(own?.isLearnt),
    flag(own?.rank === 'weak'),
    (own?.frequency ?? 0) * frequencyScale,
    flag(others.length > 0),
    flag(own === undefined && others.length > 0),
    flag(own === undefined && others.some(({ rank, isLearnt }) => rank === 'preferred' || isLearnt)),
    otherFrequency * frequencyScale,
    flag(name?.isWord),
    flag(text.length <= 3),
    own === undefined ? 0 : logit,
  ];
}

/** The least logit of an unmistakable name: the model is undecided. */
const undecided = 0;

/** Least length of an unmistakable name. */
const minDistinctLength = 6;

/**
 * Whether a name is so distinct that a model which has never seen it cannot be sure that the text means something else: one
 * word with digits and capital letters, as `COVID-19`, and known as one thing only. Names of genes are often ambiguous.
 */
function isUnmistakable(name: KnownName | undefined, type: EntityType, text: string): boolean {
  const [known, ...more] = name?.types ?? [];
  if (known?.type !== type || more.length > 0 || type === 'Gene' || known.rank === 'weak') return false;
  return text.length >= minDistinctLength && /^(?=.*\p{N})\S*\p{Lu}\S*\p{Lu}\S*$/u.test(text);
}

/** Logits are cut here: beyond, the model only says that it is sure. */
const maxLogit = 10;

/** Scores spans of a sentence as names of one type. */
class SpanScorer {
  /** `[words, 3]`: logarithms of the probabilities of O, B and I. */
  private readonly scores: Float64Array;
  private readonly words: number;

  constructor({ logits, wordStarts }: SentenceWords, columns: TypeColumns) {
    this.words = wordStarts.length;
    const width = this.words === 0 ? 0 : logits.length / this.words;
    this.scores = logSoftmax(logits, { rows: this.words, width, columns });
  }

  /** The logit of the probability that the words are exactly one name: see `readPath` in entities.ts. */
  logit(start: number, end: number): number {
    let log = this.scores[start * 3 + 1] ?? -Infinity;
    for (let word = start + 1; word < end; word += 1) log += this.scores[word * 3 + 2] ?? -Infinity;
    if (end < this.words) log += logEnd(Math.exp(this.scores[end * 3 + 2] ?? -Infinity));
    const probability = Math.min(Math.exp(log), 1 - 1e-12);
    return Math.max(-maxLogit, Math.min(maxLogit, Math.log(probability) - Math.log1p(-probability)));
  }
}

function weighed({ type, start, end, features }: NameCandidate, weights: readonly number[]): WordEntity {
  const score = features.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), 0);
  return { type, start, end, probability: sigmoid(score) };
}
