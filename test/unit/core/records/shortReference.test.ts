import { expect, it } from 'vitest';
import { shortReference } from '../../../../src/core/records/shortReference';

it.each([
  [{ authors: ['Kaplan, Ann'], year: 2019 }, 'Kaplan 2019'],
  [{ authors: ['van der Berg JA', 'Ito B'], year: 2019 }, 'van der Berg et al. 2019'],
  [{ authors: [], year: 2019 }, '2019'],
  [{ authors: ['Kaplan, Ann'] }, 'Kaplan'],
  [{ authors: [] }, ''],
])('names the first author and the year: %#', (reference, expected) => {
  expect(shortReference(reference)).toBe(expected);
});
