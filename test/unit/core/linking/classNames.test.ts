import { describe, expect, it } from 'vitest';
import { classAbbreviation, isAmbiguousClass, isClassName } from '../../../../src/core/linking/classNames';

describe('names of classes of proteins', () => {
  it.each([
    'RTK',
    'RTKs',
    'receptor tyrosine kinases',
    'Tyrosine kinase',
    'protein kinase C',
    'PKC',
    'G protein-coupled receptors',
    'GPCR',
    'HbA',
    'HbA1c',
    'cytokines',
    'proapoptotic protein',
    'matrix metalloproteinases',
    'VEGFR',
    'caspases',
  ])('%s', (name) => {
    expect(isClassName(name)).toBe(true);
  });

  it.each([
    'RET',
    'VEGFR2',
    'caspase-3',
    'growth hormone',
    'protein C',
    'Janus kinase 2',
    'insulin receptor',
    '',
  ])('are not: %s', (name) => {
    expect(isClassName(name)).toBe(false);
  });

  it('may be ambiguous, or known under an abbreviation', () => {
    expect(['TK', 'TKs', 'RTK'].map(isAmbiguousClass)).toEqual([true, true, false]);
    expect(classAbbreviation('Receptor tyrosine kinases')).toBe('RTK');
    expect(classAbbreviation('tyrosine kinase')).toBeUndefined();
  });
});
