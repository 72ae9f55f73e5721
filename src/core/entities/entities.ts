import type { EntityType, TaggerConfig } from '../types';
import { calibrate } from './calibration';
import { type LabelPart, type LabelScheme, readLabels } from './labels';
import { resolveOverlaps } from './overlaps';
import { logSoftmax } from '../tensors/softmax';
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
export function createDecoder(
  config: Pick<TaggerConfig, 'labels' | 'decoding' | 'calibration' | 'hiddenTypes'>,
): Decoder {
  const scheme = readLabels(config.labels);
  const width = config.labels.length;
  const shown = shownTypes(scheme, config.hiddenTypes);
  const groups = config.decoding === 'joint' ? [scheme.types] : shown.map((type) => [type]);
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
    return resolveOverlaps(found.filter(({ type }) => shown.includes(type)));
  };
}

/** The types that a reader sees. */
export function shownTypes(
  { types }: Pick<LabelScheme, 'types'>,
  hidden: readonly EntityType[] = [],
): readonly EntityType[] {
  return types.filter((type) => !hidden.includes(type));
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
  /** The states that would continue this one's entity. */
  readonly continuedBy: readonly number[];
}

/** The parts that continue a mention, after those that leave it open. */
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
      // A list without B-t says where entities are, not where they begin: there any I-t may begin one.
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
    let state = path[start] ?? 0;
    if (state === 0) continue;
    let logProbability = scores[start * width + state] ?? -Infinity;
    while (end < path.length && continues(states, state, path[end])) {
      state = path[end] ?? 0;
      logProbability += scores[end * width + state] ?? -Infinity;
      end += 1;
    }
    if (end < path.length) {
      const going = (states[state]?.continuedBy ?? []).reduce(
        (sum, next) => sum + Math.exp(scores[end * width + next] ?? -Infinity),
        0,
      );
      if (going > 0) logProbability += Math.log1p(-Math.min(going, 1 - 1e-12));
    }
    found.push({ type: states[state]?.type ?? '', start, end, probability: Math.exp(logProbability) });
  }
  return found;
}

function continues(states: readonly State[], state: number, next: number | undefined): boolean {
  return next !== undefined && (states[state]?.continuedBy.includes(next) ?? false);
}
