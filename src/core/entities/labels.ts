import { typeNamed } from './entityTypes';
import { BioBertError, errorCodes } from '../errors';
import type { EntityType } from '../types';

/** The part of an entity that a label stands for: begin, inside, end, or an entity of a single word. */
const labelParts = ['B', 'I', 'E', 'S'] as const;
export type LabelPart = (typeof labelParts)[number];

/** The meaning of one output of the model. */
export interface Label {
  /** `ignored`: a label for tokens that are not words, for example special tokens. No entity depends on it. */
  readonly kind: 'O' | LabelPart | 'ignored';
  /** The entity type; empty for `O` and `ignored`. */
  readonly type: EntityType;
}

/** A label list after parsing. */
export interface LabelScheme {
  /** The label of each logit, by index. */
  readonly labels: readonly Label[];
  /** The entity types, in order of first appearance. */
  readonly types: readonly EntityType[];
  /** Index of `O`. */
  readonly outside: number;
  /** For each of `types`, the logit index of each part that the list contains. */
  readonly parts: readonly ReadonlyMap<LabelPart, number>[];
}

/** The letters of the schemes BIO, IOBES (BIOES), BILOU and BMES. */
const letters: Readonly<Record<string, LabelPart>> = {
  B: 'B',
  I: 'I',
  M: 'I',
  E: 'E',
  L: 'E',
  S: 'S',
  U: 'S',
};

/** The type of entities if the list has B and I labels without types. */
export const anyType = 'Entity';

const outsideNames: ReadonlySet<string> = new Set(['O', 'OUT', 'OUTSIDE', 'NONE', 'NULL']);

/** The original BioBERT tagger has labels for tokens that continue a word and for special tokens. */
const ignoredNames: ReadonlySet<string> = new Set(['X', '[PAD]', '[CLS]', '[SEP]', '[UNK]', 'PAD', '<PAD>']);

/**
 * Reads a label list of any common scheme: BIO, IOBES, BILOU, or types without parts. A label may be written `B-Gene`,
 * `B_Gene` or `Gene-B`.
 *
 * @example readLabels(['O', 'B-Gene', 'I-Gene']).types // ['Gene']
 * @throws {BioBertError} MODEL_CONFIG_INVALID if `O` or all types are missing, or if the labels are only numbered.
 */
export function readLabels(names: readonly string[]): LabelScheme {
  const unnamed = names.find((name) => /^LABEL_\d+$/u.test(name));
  if (unnamed !== undefined) throw unnamedLabels(unnamed);
  const labels = withKnownTypes(names.map(readLabel));
  const namedTypes = labels.flatMap(({ type }) => (type === '' ? [] : [type]));
  const types = [...new Set(namedTypes)];
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
  // A list of types without parts says where entities are, not where they begin.
  if (letter === undefined) return { kind: 'I', type: name };
  return { kind: letters[letter] ?? 'I', type: last ?? type ?? anyType };
}

/** Replaces types by the extension's own names, unless two types of the model would get the same name. */
function withKnownTypes(labels: readonly Label[]): Label[] {
  const typesByName = new Map<EntityType, Set<EntityType>>();
  const nameOf = (type: EntityType) => typeNamed(type) ?? type;
  for (const { type } of labels) {
    const sharing = typesByName.get(nameOf(type)) ?? new Set();
    typesByName.set(nameOf(type), sharing.add(type));
  }
  return labels.map((label) => {
    const name = nameOf(label.type);
    return typesByName.get(name)?.size === 1 ? { ...label, type: name } : label;
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
