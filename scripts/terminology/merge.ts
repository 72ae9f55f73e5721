import { termKey } from '../../src/core/linking/termKey';
import { betterRank } from '../../src/core/linking/terminologyFormat';
import type { ConceptRow, SenseRow, TermTable } from './termTable';

/**
 * Merges concepts that two sources, or two years of MeSH, describe under different identifiers.
 *
 * - A compound of ChEBI into the chemical of MeSH that has its name.
 * - A supplementary record of MeSH (`C471405`) into the descriptor that has its name as the main heading (`D000077157`).
 *   MeSH never has both at a time: the record became a descriptor.
 */
export function mergeConcepts(table: TermTable): number {
  const targets = new Map<ConceptRow, ConceptRow>();
  for (const concept of table.concepts.values()) {
    const target = targetOf(concept, table.names.get(termKey(concept.name)));
    if (target) targets.set(concept, target);
  }
  for (const senses of table.names.values()) {
    for (const [concept, sense] of senses) {
      const target = targets.get(concept);
      if (target === undefined) continue;
      senses.delete(concept);
      moveSense(sense, target, senses);
    }
  }
  for (const { type, id } of targets.keys()) table.concepts.delete(`${type} ${id}`);
  return targets.size;
}

function targetOf(
  concept: ConceptRow,
  senses: ReadonlyMap<ConceptRow, SenseRow> | undefined,
): ConceptRow | undefined {
  const isCompound = concept.id.startsWith('CHEBI:');
  if (!isCompound && !/^MESH:C/.test(concept.id)) return undefined;
  for (const { concept: other, rank } of senses?.values() ?? []) {
    if (other.type !== concept.type || other === concept) continue;
    const isHeading = /^MESH:D/.test(other.id) && rank === 'preferred';
    if (isHeading || (isCompound && /^MESH:/.test(other.id) && rank !== 'weak')) return other;
  }
  return undefined;
}

function moveSense(sense: SenseRow, target: ConceptRow, senses: Map<ConceptRow, SenseRow>): void {
  const known = senses.get(target);
  if (known === undefined) {
    senses.set(target, { ...sense, concept: target });
    return;
  }
  known.learnt += sense.learnt;
  known.isPhrase ||= sense.isPhrase;
  known.rank = betterRank(sense.rank, known.rank);
}
