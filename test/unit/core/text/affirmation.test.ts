import { describe, expect, it } from 'vitest';
import { affirmationOf } from '../../../../src/core/text/affirmation';

describe('affirmationOf', () => {
  it.each([
    ['not', ''],
    ['never', ''],
    ['No', ''],
    ['cannot', 'can'],
    ["can't", 'can'],
    ["won't", 'will'],
    ["didn't", 'did'],
    ['does not', 'does'],
    ['failed to', 'did'],
    ['unable to', 'able to'],
    ['inability to', 'ability to'],
    ['but not', 'and'],
    ['rather than', 'and'],
    ['instead of', 'and'],
    ['unlike', 'like'],
    ['In contrast to', 'like'],
    ['neither', 'both'],
    ['nor', 'and'],
    ['without', 'with'],
    ['unaffected', 'affected'],
    ['ineffective against', 'effective against'],
    ['had  no effect', 'had effect'],
    ['was not associated', 'was associated'],
    ['lack of association', 'association'],
    ['lacks affinity', 'with affinity'],
    ['not statistically significant', 'statistically significant'],
  ])('turns %j to %j', (cue, affirmation) => {
    expect(affirmationOf(cue)).toBe(affirmation);
  });
});
