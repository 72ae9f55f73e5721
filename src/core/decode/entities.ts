import type { EntityType, TaggerConfig } from '../types';
import { calibrate } from './calibration';
import { type LabelScheme, readLabels } from './labels';
import { resolveOverlaps } from './overlaps';
import { logSoftmax } from './softmax';
import { type Transitions, viterbi } from './viterbi';

/** An entity in words `[start, end)` of a sentence. */
export interface WordEntity {
  readonly type: EntityType;
  readonly start: number;
  readonly end: number;
  /** Calibrated. */
  readonly probability: number;
}

/**
 * @param logits `[words, labels]`: the scores at the first piece of each word of one sentence.
 * @returns Entities without overlaps, in order.
 */
export type Decoder = (logits: Float32Array, words: number) => WordEntity[];

/** @throws {BioBertError} MODEL_CONFIG_INVALID when the labels cannot be read. */
export function createDecoder(config: Pick<TaggerConfig, 'labels' | 'decoding' | 'calibration'>): Decoder {
  const scheme = readLabels(config.labels);
  const width = config.labels.length;
  const groups = config.decoding === 'joint' ? [scheme.types] : scheme.types.map((type) => [type]);
  const heads = groups.map((types) => createHead(scheme, types));
  return (logits, words) => {
    const found: WordEntity[] = [];
    for (const head of heads) {
      if (isAllOutside(logits, words, width, head.columns)) continue;
      const scores = logSoftmax(logits, { rows: words, width, columns: head.columns });
      for (const entity of readPath(viterbi(scores, words, head.transitions), scores, head)) {
        found.push({
          ...entity,
          probability: calibrate(entity.probability, config.calibration[entity.type]),
        });
      }
    }
    return resolveOverlaps(found);
  };
}

/** Labels that compete in one softmax. State 0 is outside. */
interface Head {
  /** Column of the logits, by state. */
  readonly columns: readonly number[];
  readonly states: readonly State[];
  readonly transitions: Transitions;
}

interface State {
  readonly type: EntityType;
  /** The state that would continue this one's entity; -1 for none. */
  readonly inside: number;
}

function createHead(scheme: LabelScheme, types: readonly EntityType[]): Head {
  const columns = [scheme.outside];
  const states: State[] = [{ type: '', inside: -1 }];
  const before: number[][] = [[]];
  for (const type of types) {
    const place = scheme.types.indexOf(type);
    const begin = scheme.begin[place] ?? -1;
    const inside = scheme.inside[place] ?? -1;
    const insideState = inside < 0 ? -1 : columns.length + (begin < 0 ? 0 : 1);
    if (begin >= 0) {
      columns.push(begin);
      states.push({ type, inside: insideState });
      before.push([]);
    }
    if (inside >= 0) {
      // A list without B-t says where entities are, not where they begin: there any I-t may begin one.
      before.push(begin < 0 ? [] : [insideState - 1, insideState]);
      columns.push(inside);
      states.push({ type, inside: insideState });
    }
  }
  const all = columns.map((_, state) => state);
  return {
    columns,
    states,
    transitions: {
      states: columns.length,
      mayStart: before.map((allowed) => allowed.length === 0),
      before: before.map((allowed) => (allowed.length === 0 ? all : allowed)),
    },
  };
}

/** Most sentences of most types: outside is the best label of every word, which is always a well-formed path. */
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
 * The probability of an entity is the product of those of its labels and, where a word follows, of that word's not
 * continuing it: the model's own estimate that type and both borders are right.
 */
function readPath(path: Uint8Array, scores: Float64Array, { states }: Head): WordEntity[] {
  const width = states.length;
  const found: WordEntity[] = [];
  for (let start = 0, end = 0; start < path.length; start = end) {
    end = start + 1;
    const state = path[start] ?? 0;
    if (state === 0) continue;
    const { type, inside } = states[state] ?? { type: '', inside: -1 };
    let logProbability = scores[start * width + state] ?? -Infinity;
    for (; end < path.length && path[end] === inside; end += 1) {
      logProbability += scores[end * width + inside] ?? -Infinity;
    }
    if (end < path.length && inside >= 0) {
      logProbability += Math.log1p(-Math.min(Math.exp(scores[end * width + inside] ?? -Infinity), 1 - 1e-12));
    }
    found.push({ type, start, end, probability: Math.exp(logProbability) });
  }
  return found;
}
