import { describe, expect, it } from 'vitest';
import { choicesFor, maxChoices, type PickerChoice } from '../../../../media/panel/pickerChoices';

const choice = (label: string, ...others: readonly string[]): PickerChoice => ({
  value: label,
  label,
  count: 1,
  searchText: [label, ...others].join('\n').toLowerCase(),
});
const all = [
  choice('vemurafenib'),
  choice('BRAF', 'B-Raf'),
  choice('RAF1', 'c-Raf'),
  choice('sorafenib', 'Nexavar'),
];
const labels = (text: string) => choicesFor(all, text).map(({ label }) => label);

describe('choicesFor', () => {
  it('returns all in their order without a text', () => {
    expect(labels('  ')).toEqual(all.map(({ label }) => label));
  });

  it('returns those with a name that begins with the text first', () => {
    expect(labels('raf')).toEqual(['RAF1', 'vemurafenib', 'BRAF', 'sorafenib']);
    expect(labels('Nexa')).toEqual(['sorafenib']);
    expect(labels('fenib sora')).toEqual(['sorafenib']);
    expect(labels('nothing')).toEqual([]);
  });

  it('returns a name that is equal to the text before longer ones', () => {
    const names = [choice('EGFR'), choice('HER-EGF'), choice('EGF')];
    expect(choicesFor(names, 'egf').map(({ label }) => label)).toEqual(['EGF', 'EGFR', 'HER-EGF']);
  });

  it('returns no more than can be read', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => choice(`name ${index}`));
    expect(choicesFor(many, 'name')).toHaveLength(maxChoices);
  });
});
