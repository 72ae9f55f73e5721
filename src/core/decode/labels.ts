import { BioBertError, errorCodes } from '../errors';
import type { EntityType } from '../types';

/** What one output of the model means. */
export interface Label {
  readonly kind: 'O' | 'B' | 'I';
  /** Empty for `O`. */
  readonly type: EntityType;
}

/** A BIO label list, read. */
export interface LabelScheme {
  /** By index of the logit. */
  readonly labels: readonly Label[];
  /** In order of first appearance. */
  readonly types: readonly EntityType[];
  /** Index of `O`. */
  readonly outside: number;
  /** Index of `B-t` and `I-t` for each of `types`; -1 when the list has no `I-t` (or no `B-t`). */
  readonly begin: readonly number[];
  readonly inside: readonly number[];
}

/** @throws {BioBertError} MODEL_CONFIG_INVALID when a label is neither `O`, `B-…` nor `I-…`, or `O` or all types are missing. */
export function readLabels(names: readonly string[]): LabelScheme {
  const labels = names.map(readLabel);
  const types = [...new Set(labels.filter((label) => label.kind !== 'O').map((label) => label.type))];
  const find = (kind: 'B' | 'I') =>
    types.map((type) => labels.findIndex((label) => label.kind === kind && label.type === type));
  const outside = labels.findIndex((label) => label.kind === 'O');
  if (outside < 0 || types.length === 0) {
    throw invalid('The label list of the model has no label O or no entity type.');
  }
  return { labels, types, outside, begin: find('B'), inside: find('I') };
}

function readLabel(name: string): Label {
  if (name === 'O') return { kind: 'O', type: '' };
  const match = /^([BI])-(.+)$/su.exec(name);
  if (match?.[2] === undefined) throw invalid(`The model's label "${name}" is not a BIO label.`);
  return { kind: match[1] === 'B' ? 'B' : 'I', type: match[2] };
}

function invalid(message: string): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_CONFIG_INVALID,
    message,
    'Use a token classification model whose id2label in config.json has the labels O, B-TYPE and I-TYPE.',
  );
}
