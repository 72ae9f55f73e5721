/** Logits whose softmax over `labels` gives these probabilities. */
export function logitsOf(rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows.flat(), (probability) => Math.log(Math.max(probability, 1e-9)));
}
