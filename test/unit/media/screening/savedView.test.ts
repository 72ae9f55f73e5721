import { describe, expect, it } from 'vitest';
import { readSavedView } from '../../../../media/screening/savedView';

const defaults = { hiddenGroups: [], withNames: true, withKeys: true, draft: undefined };

describe('the saved state of the screening view', () => {
  it.each([undefined, null, 'x', { hiddenGroups: [1], withNames: 'no', withKeys: 0, draft: { note: 1 } }])(
    'has defaults for what cannot be read: %o',
    (stored) => {
      expect(readSavedView(stored)).toEqual(defaults);
    },
  );

  it('is read as it was written', () => {
    const saved = {
      hiddenGroups: ['Design'],
      withNames: false,
      withKeys: false,
      draft: { record: 'a', note: 'half a no' },
    };
    expect(readSavedView(saved)).toEqual(saved);
  });
});
