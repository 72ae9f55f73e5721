/**
 * Log-softmax over some columns of row-major logits, in double precision.
 *
 * @param logits `[rows, width]`.
 * @param columns The columns that take part; a negative one has probability 0.
 * @returns `[rows, columns.length]` natural logarithms of the probabilities.
 */
export function logSoftmax(
  logits: Float32Array,
  { rows, width, columns }: { rows: number; width: number; columns: readonly number[] },
): Float64Array {
  const count = columns.length;
  const result = new Float64Array(rows * count);
  for (let row = 0; row < rows; row += 1) {
    let highest = -Infinity;
    for (const column of columns) highest = Math.max(highest, scoreAt(logits, row * width, column));
    let sum = 0;
    for (const column of columns) sum += Math.exp(scoreAt(logits, row * width, column) - highest);
    const logSum = Math.log(sum);
    for (let i = 0; i < count; i += 1) {
      result[row * count + i] = scoreAt(logits, row * width, columns[i] ?? -1) - highest - logSum;
    }
  }
  return result;
}

function scoreAt(logits: Float32Array, offset: number, column: number): number {
  return column < 0 ? -Infinity : (logits[offset + column] ?? -Infinity);
}
