import { describe, expect, it } from 'vitest';
import { isBackMatter, pageAt, pageStarts } from '../../../../src/core/documents/paper';
import { placeOf, proseOf } from './checks';

const text = `[Page 1]

# Ketamine in depression

> Jane Doe, University of Southwick

Ketamine blocks the NMDA receptor [3, 4]. Of all
[Page 2]
patients, half had TNF-α above 5.

Drug | Dose
ketamine | 0.5 mg

[Page 3]

## R E F E R E N C E S

1. Doe J. CD4 and CD8. 2019.

## Appendix

Esketamine is similar.
`;

describe('the text of a paper', () => {
  it('is read without page marks, notes on authors and references; sentences go on over pages', () => {
    expect(proseOf(text, 'paper')).toEqual([
      'Ketamine in depression',
      'Ketamine blocks the NMDA receptor. Of all patients, half had TNF-α above 5.',
      'Drug',
      'Dose',
      'ketamine',
      '0.5 mg',
      'Appendix',
      'Esketamine is similar.',
    ]);
    expect(placeOf(text, 'paper', 'all patients')).toBe('all\n[Page 2]\npatients');
  });

  it('knows the page of each place', () => {
    const starts = pageStarts(text);
    expect(starts.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(pageAt(starts, text.indexOf('Of all'))).toBe(1);
    expect(pageAt(starts, text.indexOf('patients,'))).toBe(2);
    expect(pageAt(starts, text.indexOf('Esketamine'))).toBe(3);
    expect(pageAt([], 5)).toBeUndefined();
  });

  it.each([
    ['References', true],
    ['6. Literature cited', true],
    ['ACKNOWLEDGMENTS', true],
    ['Conflict of interest', true],
    ['Referenced methods', false],
    ['Funding of trials in oncology', false],
  ])('names parts without prose: %s', (heading, expected) => {
    expect(isBackMatter(heading)).toBe(expected);
  });
});
