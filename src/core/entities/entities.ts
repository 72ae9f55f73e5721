import { ownValue } from '../ownValue';
import type { EntityType, TaggerConfig } from '../types';
import { calibrate } from './calibration';
import { type LabelPart, type LabelScheme, readLabels } from './labels';
import { resolveOverlaps } from './overlaps';
import { logSoftmax } from '../tensors/softmax';
import { type Transitions, viterbi } from './viterbi';

/** An entity that covers the words `[start, end)` of a sentence. */
export interface WordEntity {
  readonly type: EntityType;
  readonly start: number;
  readonly end: number;
  /** Calibrated probability. */
  readonly probability: number;
}

/**
 * Decodes the logits of one sentence.
 *
 * @param logits `[words, labels]`: the scores at the first token of each word.
 * @returns the entities, sorted and without overlaps.
 */
export type Decoder = (logits: Float32Array, words: number) => WordEntity[];

/** @throws {BioBertError} MODEL_CONFIG_INVALID if the labels cannot be read. */
export function createDecoder(
  config: Pick<TaggerConfig, 'labels' | 'decoding' | 'calibration' | 'hiddenTypes'>,
): Decoder {
  const scheme = readLabels(config.labels);
  const width = config.labels.length;
  const visibleTypes = shownTypes(scheme, config.hiddenTypes);
  const groups = config.decoding === 'joint' ? [scheme.types] : visibleTypes.map((type) => [type]);
  const heads = groups.map((types) => createHead(scheme, types));
  return (logits, words) => {
    const entities: WordEntity[] = [];
    for (const head of heads) {
      if (isAllOutside(logits, words, width, head.columns)) continue;
      const scores = logSoftmax(logits, { rows: words, width, columns: head.columns });
      for (const entity of readPath(viterbi(scores, words, head.transitions), scores, head)) {
        entities.push({
          ...entity,
          probability: calibrate(entity.probability, ownValue(config.calibration, entity.type)),
        });
      }
    }
    return resolveOverlaps(entities.filter(({ type }) => visibleTypes.includes(type)));
  };
}

/** The types that are shown to the user. */
export function shownTypes(
  { types }: Pick<LabelScheme, 'types'>,
  hidden: readonly EntityType[] = [],
): readonly EntityType[] {
  return types.filter((type) => !hidden.includes(type));
}

/** A group of labels that compete in one softmax. State 0 is `O`, outside of all entities. */
interface Head {
  /** The column of the logits for each state. */
  readonly columns: readonly number[];
  readonly states: readonly State[];
  readonly transitions: Transitions;
}

interface State {
  readonly type: EntityType;
  /** The states that continue an entity after this state. */
  readonly continuedBy: readonly number[];
}

/** Label parts after which an entity may go on, and label parts that continue it. */
const open: readonly LabelPart[] = ['B', 'I'];
const continuing: readonly LabelPart[] = ['I', 'E'];

function createHead(scheme: LabelScheme, types: readonly EntityType[]): Head {
  const columns = [scheme.outside];
  const states: State[] = [{ type: '', continuedBy: [] }];
  const before: (readonly number[] | undefined)[] = [undefined];
  for (const type of types) {
    const parts = [...(scheme.parts[scheme.types.indexOf(type)] ?? [])];
    const first = columns.length;
    const numbered = (wanted: readonly LabelPart[]) =>
      parts.flatMap(([part], place) => (wanted.includes(part) ? [first + place] : []));
    const hasBegin = parts.some(([part]) => part === 'B');
    for (const [part, column] of parts) {
      columns.push(column);
      states.push({ type, continuedBy: open.includes(part) ? numbered(continuing) : [] });
      // Without a B-t label the scheme only says where entities are, not where they begin: any I-t may begin one.
      before.push(hasBegin && continuing.includes(part) ? numbered(open) : undefined);
    }
  }
  const all = columns.map((_, state) => state);
  return {
    columns,
    states,
    transitions: {
      states: columns.length,
      mayStart: before.map((allowed) => allowed === undefined),
      before: before.map((allowed) => allowed ?? all),
    },
  };
}

/**
 * Whether `O` is the best label of every word, as for most sentences and types. Such a path is always well-formed, so
 * the search for the best path can be skipped.
 */
function isAllOutside(
  logits: Float32Array,
  words: number,
  width: number,
  columns: readonly number[],
): boolean {
  const outside = columns[0] ?? 0;
  for (let word = 0; word < words; word += 1) {
    const score = logits[word * width + outside] ?? 0;
    for (let i = 1; i < columns.length; i += 1) {
      if ((logits[word * width + (columns[i] ?? 0)] ?? 0) > score) return false;
    }
  }
  return true;
}

/**
 * Reads the entities from a path of states. The probability of an entity is the product of the probabilities of its
 * labels and, if another word follows, of the probability that this word does not continue the entity. This is the
 * model's own estimate that the type and both boundaries are correct.
 */
function readPath(path: Uint8Array, scores: Float64Array, { states }: Head): WordEntity[] {
  const width = states.length;
  const entities: WordEntity[] = [];
  for (let start = 0, end = 0; start < path.length; start = end) {
    end = start + 1;
    let state = path[start] ?? 0;
    if (state === 0) continue;
    let logProbability = scores[start * width + state] ?? -Infinity;
    while (end < path.length && continues(states, state, path[end])) {
      state = path[end] ?? 0;
      logProbability += scores[end * width + state] ?? -Infinity;
      end += 1;
    }
    if (end < path.length) {
      const continuationProbability = (states[state]?.continuedBy ?? []).reduce(
        (sum, next) => sum + Math.exp(scores[end * width + next] ?? -Infinity),
        0,
      );
      logProbability += logEnd(continuationProbability);
    }
    entities.push({ type: states[state]?.type ?? '', start, end, probability: Math.exp(logProbability) });
  }
  return entities;
}

/** The logarithm of the probability that a name ends, from the probability that the next word continues it. */
export function logEnd(continuation: number): number {
  return Math.log1p(-Math.min(continuation, 1 - 1e-12));
}

function continues(states: readonly State[], state: number, next: number | undefined): boolean {
  return next !== undefined && (states[state]?.continuedBy.includes(next) ?? false);
}
