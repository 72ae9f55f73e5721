import { describe, expect, it } from 'vitest';
import { isLacking } from '../../../../src/core/relations/lacking';

describe('a gene', () => {
  const isLackingIn = (text: string) => isLacking(text, text.indexOf('EGFR') + 'EGFR'.length);

  it.each([
    'EGFR-independent growth',
    'EGFR independent growth',
    'EGFR‐deficient cells',
    'EGFR-null mice',
    'Egfr and EGFR−/− mice',
    'EGFR -/- mice',
    'EGFR knockout cells',
    'EGFR-negative tumours',
  ])('is lacking in %j', (text) => {
    expect(isLackingIn(text)).toBe(true);
  });

  it.each([
    'EGFR-dependent growth',
    'EGFR independently of its ligand',
    'EGFR independent of its ligand',
    'EGFR is a negative regulator',
    'EGFR negative feedback',
    'EGFR-mutant lung cancer',
    'EGFR',
    'EGFR-nullifying antibodies',
  ])('is not lacking in %j', (text) => {
    expect(isLackingIn(text)).toBe(false);
  });
});
