import { logSumExp } from '../tensors/logSumExp';
import type { PairScores } from './score';

/**
 * From the logits of a sequence classifier to those of its head, whose "none" is 0. Outputs of one label are summed,
 * as are those that say nothing. A single output is a logit against nothing by itself.
 *
 * @param outputs What each logit says; `undefined` says nothing.
 */
export function againstNothing(
  { data, dims: [rows, width] }: PairScores,
  outputs: readonly (string | undefined)[],
): PairScores {
  const labels = labelsOf(outputs);
  if (width === 1) return { data, dims: [rows, labels.length] };
  const found = new Float32Array(rows * labels.length);
  const placesOf = (label: string | undefined) =>
    outputs.flatMap((output, place) => (output === label ? [place] : []));
  const nothing = placesOf(undefined);
  const places = labels.map(placesOf);
  for (let row = 0; row < rows; row += 1) {
    const sum = (own: readonly number[]) => logSumExp(own.map((place) => data[row * width + place] ?? 0));
    const none = sum(nothing);
    for (const [label, own] of places.entries()) found[row * labels.length + label] = sum(own) - none;
  }
  return { data: found, dims: [rows, labels.length] };
}

/** Labels that say something, each once, in the order of the outputs. */
export function labelsOf(outputs: readonly (string | undefined)[]): string[] {
  return [...new Set(outputs.filter((output) => output !== undefined))];
}
