import type { Calibration } from '../types';

/** Raw probabilities are kept this far from 0 and 1, here and in training, so that their logit is finite. */
const edge = 1e-6;

/**
 * `sigmoid(scale · logit(raw) + offset)`; the raw probability where nothing was fitted.
 * Platt, "Probabilistic outputs for support vector machines", 1999.
 */
export function calibrate(raw: number, calibration: Calibration | undefined): number {
  if (calibration === undefined) return raw;
  const p = Math.min(1 - edge, Math.max(edge, raw));
  const logit = Math.log(p) - Math.log1p(-p);
  return 1 / (1 + Math.exp(-(calibration.scale * logit + calibration.offset)));
}
