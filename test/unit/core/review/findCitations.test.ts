import { describe, expect, it } from 'vitest';
import { findCitations, type OfferedCitation } from '../../../../src/core/review/findCitations';

function citation(key: string, label: string, title: string, isIncluded = false): OfferedCitation {
  return { key, label, authors: label.split(/ |,/u).slice(0, 1), title, journal: '', isIncluded };
}

const all = [
  citation('lopez2021gout', 'López 2021', 'Gout after kidney transplants', true),
  citation('kaplan2019low', 'Kaplan et al. 2019', 'Low doses of aspirin'),
  citation('ito2020', 'Ito 2020', 'A kaplan-meier view of gout'),
  citation('chen2020', 'Chen 2020', 'Diets', true),
];

const keysFor = (typed: string, limit = 10) => findCitations(all, typed, limit).map(({ key }) => key);

describe('citations that match what was typed', () => {
  it('begin with those whose key or author begins so, then by words of the title', () => {
    expect(keysFor('Kap')).toEqual(['kaplan2019low', 'ito2020']);
  });

  it('are all, the included records first, if nothing was typed', () => {
    expect(keysFor('')).toEqual(['lopez2021gout', 'chen2020', 'kaplan2019low', 'ito2020']);
    expect(keysFor('', 1)).toEqual(['lopez2021gout']);
  });

  it('are found by any author, without accents, after those of whom it is the first', () => {
    const others = [
      { ...citation('ito2019', 'Ito 2019', 'Urate'), authors: ['Ito', 'Müller', 'López'] },
      ...all,
    ];
    expect(findCitations(others, 'mull', 10).map(({ key }) => key)).toEqual(['ito2019']);
    expect(findCitations(others, 'lopez', 10).map(({ key }) => key)).toEqual(['lopez2021gout', 'ito2019']);
  });

  it('are none for a text that occurs nowhere', () => {
    expect(keysFor('warfarin')).toEqual([]);
  });
});
