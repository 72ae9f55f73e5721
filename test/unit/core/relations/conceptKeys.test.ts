import { describe, expect, it } from 'vitest';
import { conceptOf, mentionConcepts } from '../../../../src/core/relations/conceptKeys';
import type { ConceptLink, Entity } from '../../../../src/core/types';

const bcr: ConceptLink = { id: 'NCBIGene:613', name: 'BCR', source: 'NCBI Gene', method: 'name' };
const abl: ConceptLink = { id: 'NCBIGene:25', name: 'ABL1', source: 'NCBI Gene', method: 'name' };

function gene(name: string, concepts?: readonly ConceptLink[]): Entity {
  return { start: 0, end: name.length, text: name, name, type: 'Gene', probability: 1, concepts };
}

describe('the concepts of a mention', () => {
  it('are those that it is linked to, or those of the name elsewhere, or its name', () => {
    const keysOf = mentionConcepts([gene('BCR', [bcr]), gene('BCR/ABL1', [bcr, abl])], []);
    expect(keysOf(gene('BCR', [bcr]))).toEqual([bcr.id]);
    expect(keysOf(gene('BCR'))).toEqual([bcr.id]);
    expect(keysOf(gene('ERK1/2', [bcr, abl]))).toEqual([bcr.id, abl.id]);
    expect(keysOf(gene('XYZ'))).toHaveLength(1);
  });

  it('are one, the fusion, for a fusion of two genes', () => {
    const keysOf = mentionConcepts([], []);
    const fusion = gene('BCR-ABL', [bcr, abl]);
    const keys = keysOf(fusion);
    expect(keys).toEqual(['bcr-abl']);
    expect(keysOf(gene('Bcr/Abl'))).toEqual(keys);
    expect(conceptOf(fusion, keys[0])).toBeUndefined();
    expect(keysOf(gene('BCR-ABL', [abl]))).toEqual([abl.id]);
  });
});
