import { describe, expect, it } from 'vitest';
import { isSameJournal, journalForm } from '../../../../src/core/records/journalNames';

describe('two names of a journal', () => {
  it.each<[string, string, boolean | undefined]>([
    ['J Vet Intern Med', 'Journal of Veterinary Internal Medicine', true],
    ['The Journal of veterinary internal medicine', 'J. Vet. Intern. Med.', true],
    [
      'Vet Clin North Am Small Anim Pract',
      'The Veterinary clinics of North America. Small animal practice',
      true,
    ],
    ['Proc Natl Acad Sci U S A', 'Proceedings of the National Academy of Sciences', undefined],
    ['JAMA', 'Journal of the American Medical Association', true],
    ['BMJ', 'British Medical Journal', true],
    ['Circulation. Conference: Annual Meeting. Held in Rome', 'Circulation', true],
    ['Science', 'Science (New York, N.Y.)', true],
    ['Circulation', 'Circulation Research', false],
    ['Diabetes', 'Diabetes Care', false],
    ['European Heart Journal', 'European Heart Journal Supplements', undefined],
    ['Gout Research', 'Lead Letters', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(isSameJournal(journalForm(a), journalForm(b))).toBe(expected);
    expect(isSameJournal(journalForm(b), journalForm(a))).toBe(expected);
  });
});
