import { describe, expect, it } from 'vitest';
import { isGeneric } from '../../../../src/core/questions/genericNames';

describe('isGeneric', () => {
  it.each([
    'tyrosine kinase',
    'a kinase inhibitor',
    'small-molecule inhibitors',
    'TKI',
    'missense mutation',
    'the receptor tyrosine kinase (RTK)',
    'several other drugs',
    '(agents)',
  ])('takes %s for a kind', (text) => expect(isGeneric(text)).toBe(true));

  it.each([
    'ALK',
    'anaplastic lymphoma kinase',
    'MEK inhibitor',
    'aurora kinase',
    'androgen receptor',
    'BRAF mutation',
    'a drug against gout',
    '',
  ])('takes "%s" for no kind', (text) => expect(isGeneric(text)).toBe(false));
});
