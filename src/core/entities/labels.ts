import { typeNamed } from '../entityTypes';
import { BioBertError, errorCodes } from '../errors';
import type { EntityType } from '../types';

/** The part of a mention that a label stands for: its begin, inside or end, or a mention of a single word. */
export const labelParts = ['B', 'I', 'E', 'S'] as const;
export type LabelPart = (typeof labelParts)[number];

/** What one output of the model means. */
export interface Label {
  /** `ignored`: of pieces that are no words, which no mention depends on. */
  readonly kind: 'O' | LabelPart | 'ignored';
  /** Empty for `O` and `ignored`. */
  readonly type: EntityType;
}

/** A label list, read. */
export interface LabelScheme {
  /** By index of the logit. */
  readonly labels: readonly Label[];
  /** In order of first appearance. */
  readonly types: readonly EntityType[];
  /** Index of `O`. */
  readonly outside: number;
  /** For each of `types`, the index of each part that the list has. */
  readonly parts: readonly ReadonlyMap<LabelPart, number>[];
}

/** The letters of BIO, IOBES (BIOES), BILOU and BMES. */
const letters: Readonly<Record<string, LabelPart>> = {
  B: 'B',
  I: 'I',
  M: 'I',
  E: 'E',
  L: 'E',
  S: 'S',
  U: 'S',
};

/** Of a list of B and I without types. */
export const anyType = 'Entity';

const outsideNames: ReadonlySet<string> = new Set(['O', 'OUT', 'OUTSIDE', 'NONE', 'NULL']);

/** BioBERT's own tagger has labels for pieces that continue a word and for special tokens. */
const ignoredNames: ReadonlySet<string> = new Set(['X', '[PAD]', '[CLS]', '[SEP]', '[UNK]', 'PAD', '<PAD>']);

/**
 * Reads a label list of any common scheme: BIO, IOBES, BILOU, or types without parts; `B-Gene`, `B_Gene` or `Gene-B`.
 * @throws {BioBertError} MODEL_CONFIG_INVALID where `O` or all types are missing, or labels are numbered only.
 */
export function readLabels(names: readonly string[]): LabelScheme {
  const unnamed = names.find((name) => /^LABEL_\d+$/u.test(name));
  if (unnamed !== undefined) throw unnamedLabels(unnamed);
  const labels = withKnownTypes(names.map(readLabel));
  const found = labels.flatMap(({ type }) => (type === '' ? [] : [type]));
  const types = [...new Set(found)];
  const outside = labels.findIndex((label) => label.kind === 'O');
  if (outside < 0 || types.length === 0) {
    throw invalid('The label list of the model has no label O or no entity type.');
  }
  return { labels, types, outside, parts: types.map((type) => partsOf(labels, type)) };
}

function readLabel(name: string): Label {
  if (outsideNames.has(name.toUpperCase())) return { kind: 'O', type: '' };
  if (ignoredNames.has(name.toUpperCase())) return { kind: 'ignored', type: '' };
  const [, first, last] = /^([BIMELSU])(?:[-_](.+))?$/su.exec(name) ?? [];
  const [, type, end] = /^(.+)[-_]([BIMELSU])$/su.exec(name) ?? [];
  const letter = first ?? end;
  // A list of types alone says where entities are, not where they begin.
  if (letter === undefined) return { kind: 'I', type: name };
  return { kind: letters[letter] ?? 'I', type: last ?? type ?? anyType };
}

/** Types by our names, unless that would make one of two. */
function withKnownTypes(labels: readonly Label[]): Label[] {
  const ours = new Map<EntityType, Set<EntityType>>();
  const nameOf = (type: EntityType) => typeNamed(type) ?? type;
  for (const { type } of labels) {
    const sharing = ours.get(nameOf(type)) ?? new Set();
    ours.set(nameOf(type), sharing.add(type));
  }
  return labels.map((label) => {
    const name = nameOf(label.type);
    return ours.get(name)?.size === 1 ? { ...label, type: name } : label;
  });
}

function partsOf(labels: readonly Label[], type: EntityType): Map<LabelPart, number> {
  const parts = new Map<LabelPart, number>();
  for (const part of labelParts) {
    const index = labels.findIndex((label) => label.kind === part && label.type === type);
    if (index >= 0) parts.set(part, index);
  }
  return parts;
}

function unnamedLabels(name: string): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_CONFIG_INVALID,
    `The model does not say what its label "${name}" means.`,
    'Add a field "labels" to biobert.json beside the model, such as {"LABEL_0": "O", "LABEL_1": "B-Disease", "LABEL_2": "I-Disease"}.',
  );
}

function invalid(message: string): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_CONFIG_INVALID,
    message,
    'Use a token classification model whose id2label in config.json has the label O and others such as B-TYPE and I-TYPE.',
  );
}
