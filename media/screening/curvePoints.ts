/** Places the curve of the progress in its drawing. Without side effects. */
import type { CurvePoint } from '../../src/core/review/screeningProgress';

/** The view box. `edge` is room for half the width of the line. */
export const curveSize = { width: 120, height: 32, edge: 1 };

/** Points of the line in the view box. Its width is all screened records, its height all relevant ones among them. */
export function curvePoints(curve: readonly CurvePoint[]): readonly string[] {
  const { width, height, edge } = curveSize;
  const all = Math.max(1, ...curve.map(({ screened }) => screened));
  const most = Math.max(1, ...curve.map(({ included }) => included));
  return curve.map(({ screened, included }) => {
    const x = (screened / all) * width;
    const y = height - edge - (included / most) * (height - 2 * edge);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
}
