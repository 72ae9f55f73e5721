import type { Batch, Logits, Model } from '../../../src/core/types';
import { vocabulary } from './tokens/vocabularies';

export const labels = ['O', 'B-Gene', 'I-Gene', 'B-Disease', 'I-Disease'];

/** The label of each token, by its id alone: `gene` and `kinase` begin and continue a gene, and so on. */
const labelOf = new Map(
  Object.entries({ gene: 1, kinase: 2, cancer: 3, factor: 4, B: 1, b: 1 }).map(([piece, label]) => [
    vocabulary.starts.get(piece) ?? -1,
    label,
  ]),
);

export interface FakeModel extends Model {
  readonly batches: Batch[];
}

/** A model without weights. It is deterministic and records its inputs. */
export function createFakeModel({
  confidence = 4,
  onRun,
}: { confidence?: number; onRun?: (run: number) => void } = {}): FakeModel {
  const batches: Batch[] = [];
  return {
    batches,
    run: async (batch): Promise<Logits> => {
      batches.push(batch);
      await Promise.resolve();
      onRun?.(batches.length);
      const data = new Float32Array(batch.size * batch.length * labels.length);
      for (const [i, id] of batch.inputIds.entries()) {
        data[i * labels.length + (labelOf.get(Number(id)) ?? 0)] = confidence;
      }
      return { data, dims: [batch.size, batch.length, labels.length] };
    },
  };
}
