import type { ExportedRecord } from '../../../../src/core/review/exportedRecord';
import type { ReviewRecord } from '../../../../src/core/review/reviewData';

/** A record with all fields. */
export const niacin: ReviewRecord = {
  id: 'r1',
  source: 's1',
  index: 0,
  title: 'Niacin and BRCA1 in gout',
  abstract: 'Niacin raises uric acid.',
  authors: ['Zinc, Anna', 'Müller, Ben'],
  year: 2021,
  journal: 'Lead Letters',
  volume: '12',
  issue: '4',
  pages: '101-109',
  doi: '10.1000/zinc.1',
  pmid: '33000001',
  pmcid: 'PMC1234567',
  keywords: ['gout', 'Receptors, Estrogen'],
  types: ['Journal Article'],
  database: 'PubMed',
};

export function exported(record: Partial<ReviewRecord>, more: Partial<ExportedRecord> = {}): ExportedRecord {
  return { record: { ...niacin, ...record }, key: 'zinc2021niacin', ...more };
}
