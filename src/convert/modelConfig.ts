/** Writes the `config.json` of a converted graph. */
import { classSuffixes, type Head } from '../core/checkpointHead';
import type { Architecture } from './architecture';
import { BioBertError, errorCodes } from '../core/errors';

export interface ConfigOptions {
  readonly architecture: Architecture;
  readonly head: Head;
  /** Number of rows of the head's matrix; 0 if it has no labels. */
  readonly count: number;
  /** Label names given by the user, in order. */
  readonly labels?: readonly string[] | undefined;
}

const classNames: Readonly<Record<Head, string>> = { ...classSuffixes, encoder: 'Model' };

const families = { bert: 'Bert', distilbert: 'DistilBert' } as const;

/**
 * Completes the configuration of a checkpoint with what transformers would add on saving: that of the original release
 * names neither architecture nor labels.
 * @returns the JSON, and the labels by index.
 * @throws {BioBertError} CHECKPOINT_SHAPE_MISMATCH if there are more or fewer labels than rows of the head.
 */
export function completeConfig(
  config: Readonly<Record<string, unknown>>,
  { architecture, head, count, labels }: ConfigOptions,
): { readonly json: Readonly<Record<string, unknown>>; readonly labels: readonly string[] } {
  const names = count === 0 ? [] : (labels ?? labelsOf(config) ?? defaultLabels(count));
  if (names.length !== count) throw labelCountMismatch(names.length, count, labels !== undefined);
  const json: Record<string, unknown> = {
    ...config,
    architectures: [`${families[architecture.family]}${classNames[head]}`],
    model_type: architecture.family,
  };
  delete json['id2label'];
  delete json['label2id'];
  if (count > 0) {
    json['id2label'] = Object.fromEntries(names.map((name, id) => [id, name]));
    json['label2id'] = Object.fromEntries(names.map((name, id) => [name, id]));
  }
  return { json, labels: names };
}

function labelsOf(config: Readonly<Record<string, unknown>>): string[] | undefined {
  const labels = config['id2label'];
  if (typeof labels !== 'object' || labels === null) return undefined;
  const names = new Map(Object.entries(labels));
  return Array.from({ length: names.size }, (_, id) => String(names.get(String(id)) ?? `LABEL_${id}`));
}

/** Default label names, as in transformers. */
function defaultLabels(count: number): string[] {
  return Array.from({ length: count }, (_, id) => `LABEL_${id}`);
}

function labelCountMismatch(actual: number, expected: number, isNamedByUser: boolean): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_SHAPE_MISMATCH,
    `The checkpoint has ${expected} labels where ${actual} are named.`,
    isNamedByUser
      ? `Name all ${expected}, in the order of the training.`
      : 'Put the config.json that the checkpoint was trained with beside it, or name the labels with --labels.',
  );
}
