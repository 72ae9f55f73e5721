import { describe, expect, it } from 'vitest';
import { withImprovements } from '../../../../src/core/questions/relievedImpairment';

const asked = 'Does metformin improve memory?';

describe('a relieved impairment', () => {
  it.each([
    ['Metformin ameliorates memory impairment.', 'Metformin improves memory.'],
    [
      'Metformin attenuated drug-induced memory deficits in rats.',
      'Metformin improved drug-induced memory in rats.',
    ],
    ['Metformin protects against memory impairments.', 'Metformin improves memory.'],
    [
      'Metformin protects against learning and memory impairments.',
      'Metformin improves learning and memory.',
    ],
    ['We saw a prevention of memory decline.', 'We saw a improvement of memory.'],
    ['It did not reverse memory impairment.', 'It did not improve memory.'],
    ['It acts by preventing cognitive decline.', 'It acts by improving cognitive.'],
  ])('is an improvement: %s', (sentence, expected) => {
    expect(withImprovements(sentence, asked)).toBe(expected);
  });

  it.each([
    [
      'the question asks about it',
      'Metformin ameliorates renal failure.',
      'Does metformin treat renal failure?',
    ],
    ['it is caused', 'Metformin induces memory impairment.', asked],
    ['nothing is impaired', 'Metformin reduces glucose.', asked],
  ])('is not meant if %s', (_what, sentence, question) => {
    expect(withImprovements(sentence, question)).toBe(sentence);
  });
});
