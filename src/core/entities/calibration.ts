import { sigmoid } from '../tensors/sigmoid';
import type { Calibration } from '../types';

/** Raw probabilities are clipped to [clip, 1 − clip], here and in training, so that their logit is finite. */
const clip = 1e-6;

/**
 * Returns `sigmoid(scale · logit(raw) + offset)`, or the raw probability if there is no calibration. Platt,
 * "Probabilistic outputs for support vector machines", 1999.
 */
export function calibrate(raw: number, calibration: Calibration | undefined): number {
  if (calibration === undefined) return raw;
  const p = Math.min(1 - clip, Math.max(clip, raw));
  const logit = Math.log(p) - Math.log1p(-p);
  return sigmoid(calibration.scale * logit + calibration.offset);
}
