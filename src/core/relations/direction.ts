import type { RelationType } from '../types';

/**
 * Relation types that state the same of both names, as the shipped models and the usual corpora (BioRED, ChemProt,
 * DrugProt, GAD, DDI) call them, in lower case with spaces.
 */
const mutualTypes: ReadonlySet<string> = new Set([
  'associated',
  'association',
  'gene-disease association',
  'binds',
  'bind',
  'compared',
  'comparison',
  'correlation',
  'positive correlation',
  'negative correlation',
  'cotreatment',
  'drug interaction',
  'interaction',
  'interacts',
]);

/**
 * Tells whether a relation goes from its subject to its object, as in _gefitinib inhibits EGFR_, or is the same in both
 * directions, as in _EGFR is associated with cancer_. A type that is not known is taken to have a direction.
 */
export function hasDirection(type: RelationType): boolean {
  return !mutualTypes.has(type.replace(/_/gu, ' ').toLowerCase());
}
