import { describe, expect, it } from 'vitest';
import { nameGroups } from '../../../../media/panel/nameGroups';
import { relationRow } from '../../../panel/host';

const object = { name: 'EGFR', type: 'Gene', key: 'EGFR' };

function labelOf(type: string, preferred: string, spellings: readonly string[]): string | undefined {
  const key = `${type}\nid`;
  const rows = spellings.map((name, index) =>
    relationRow(index + 1, { object, subject: { name, type, key, concept: { id: 'id', name: preferred } } }),
  );
  return nameGroups(rows).get(key)?.label;
}

describe('the label of a group of names', () => {
  it.each([
    [
      'the preferred name, although no sentence has it',
      'Chemical',
      'Gefitinib',
      ['ZD1839', 'Iressa'],
      'gefitinib',
    ],
    [
      'the preferred name as the documents write it',
      'Chemical',
      'Gefitinib',
      ['ZD1839', 'ZD1839', 'gefitinib'],
      'gefitinib',
    ],
    [
      'the name of a drug without its salt, as most sentences have it',
      'Chemical',
      'Imatinib Mesylate',
      ['STI571', 'STI571', 'Imatinib', 'imatinib mesylate', 'Imatinib'],
      'imatinib',
    ],
    ['the symbol of a gene', 'Gene', 'ERBB2', ['HER2', 'HER2/neu'], 'ERBB2'],
    [
      'the usual word for neoplasms',
      'Disease',
      'Breast Neoplasms',
      ['breast tumours', 'BC', 'breast cancer', 'breast cancer'],
      'breast cancer',
    ],
    [
      'the words of the documents for an inverted heading',
      'Disease',
      'Leukemia, Myelogenous, Chronic',
      ['CML', 'CML', 'chronic myeloid leukaemia'],
      'chronic myeloid leukaemia',
    ],
    [
      'an inverted heading in its order, if there are only abbreviations',
      'Disease',
      'Diabetes Mellitus, Type 2',
      ['T2DM'],
      'type 2 diabetes mellitus',
    ],
  ])('is %s', (_case, type, preferred, spellings, expected) => {
    expect(labelOf(type, preferred, spellings)).toBe(expected);
  });

  it('says of which species a gene is that is not human', () => {
    const concept = { id: 'NCBIGene:24693', name: 'Ptgs1', species: 'rat' };
    const rows = ['Ptgs1', 'COX-1'].map((name, index) =>
      relationRow(index + 1, { object, subject: { name, type: 'Gene', key: 'x', concept } }),
    );
    expect(nameGroups(rows).get('x')).toMatchObject({ label: 'Ptgs1 (rat)', others: ['COX-1'] });
  });

  it('is the most frequent spelling of a name that is not linked; the others are kept', () => {
    const named = (name: string, id: number) =>
      relationRow(id, { object, subject: { name, type: 'Chemical', key: 'x' } });
    const group = nameGroups([named('X-1', 1), named('x 1', 2), named('x 1', 3)]).get('x');
    expect(group).toMatchObject({ label: 'x 1', others: ['X-1'] });
  });
});
