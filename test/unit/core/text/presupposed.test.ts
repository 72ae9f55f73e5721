import { describe, expect, it } from 'vitest';
import { createCueFinder } from '../../../../src/core/text/cues';
import { isEpithet } from '../../../../src/core/text/presupposed';

const spanOf = (text: string, name: string) => ({
  start: text.indexOf(name),
  end: text.indexOf(name) + name.length,
});

describe('isEpithet', () => {
  it.each([
    'the GENE inhibitor DRUG',
    'GENE kinase inhibitors such as DRUG',
    'GENE/MET receptor (HER1) antagonist, DRUG,',
    'DRUG, a potent and selective GENE inhibitor,',
    'DRUG (X12), an inhibitor of the GENE kinase,',
    'DRUG (a GENE antagonist)',
    'the effects of GENE inhibitors (X12 and DRUG) were tested',
  ])('sees that a name says what a drug is: %s', (text) => {
    const [first, second] = [spanOf(text, 'DRUG'), spanOf(text, 'GENE')].sort((a, b) => a.start - b.start);
    expect(first && second && isEpithet(text, first, second)).toBe(true);
  });

  it.each([
    'GENE is an inhibitor of DRUG',
    'DRUG is a GENE inhibitor',
    'DRUG, a drug for GENE',
    'GENE and the inhibitor DRUG',
  ])('leaves what a verb says: %s', (text) => {
    const [first, second] = [spanOf(text, 'DRUG'), spanOf(text, 'GENE')].sort((a, b) => a.start - b.start);
    expect(first && second && isEpithet(text, first, second)).toBe(false);
  });
});

describe('a denied comparison', () => {
  const isCompared = (text: string) =>
    createCueFinder(text)(spanOf(text, 'DRUG'), spanOf(text, 'asthma')).isCompared ?? false;

  it.each([
    'DRUG was not more effective against asthma than budesonide.',
    'DRUG is not superior to budesonide in asthma.',
    'Other drugs are not better than DRUG for asthma.',
    'DRUG was not as effective as budesonide in asthma.',
  ])('leaves open what is so: %s', (text) => {
    expect(isCompared(text)).toBe(true);
  });

  it.each([
    'DRUG was not more effective against asthma than placebo.',
    'DRUG was no better than a placebo in asthma.',
    'DRUG does not relieve asthma.',
    'DRUG does not improve severe asthma.',
  ])('denies an effect: %s', (text) => {
    expect(isCompared(text)).toBe(false);
  });
});
