import { logSumExp } from '../tensors/logSumExp';
import type { PairScores } from './score';

/**
 * Converts the logits of a sequence classifier to those of a head, in which "none" has the logit 0. Outputs with the
 * same label are pooled with log-sum-exp, and so are those for "none". A single output is already a logit relative to
 * "none".
 *
 * @param outputs The label of each logit; `undefined` stands for "none".
 */
export function toHeadLogits(
  { data, dims: [rows, width] }: PairScores,
  outputs: readonly (string | undefined)[],
): PairScores {
  const labels = labelsOf(outputs);
  if (width === 1) return { data, dims: [rows, labels.length] };
  const headData = new Float32Array(rows * labels.length);
  const placesOf = (label: string | undefined) =>
    outputs.flatMap((output, place) => (output === label ? [place] : []));
  const noneOutputs = placesOf(undefined);
  const places = labels.map(placesOf);
  for (let row = 0; row < rows; row += 1) {
    const poolLogits = (outputIndices: readonly number[]) =>
      logSumExp(outputIndices.map((place) => data[row * width + place] ?? 0));
    const none = poolLogits(noneOutputs);
    for (const [label, own] of places.entries())
      headData[row * labels.length + label] = poolLogits(own) - none;
  }
  return { data: headData, dims: [rows, labels.length] };
}

/** The labels other than "none", without duplicates, in the order of the outputs. */
export function labelsOf(outputs: readonly (string | undefined)[]): string[] {
  return [...new Set(outputs.filter((output) => output !== undefined))];
}
