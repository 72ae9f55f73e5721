import { describe, expect, it } from 'vitest';
import { defaultView, offeredLimits, readSavedView } from '../../../../media/graph/savedView';

describe('readSavedView', () => {
  it('reads what was saved', () => {
    expect(readSavedView({ limit: 50, node: 'egfr' })).toEqual({ limit: 50, node: 'egfr' });
  });

  it.each([undefined, null, 3, {}, { limit: 7 }, { limit: '50' }, { limit: 50, node: 1 }])(
    'replaces %j by the default',
    (stored) => {
      expect(readSavedView(stored)).toEqual(defaultView);
    },
  );
});

describe('offeredLimits', () => {
  it('offers the numbers below the number of all names, and all', () => {
    expect(offeredLimits(30)).toEqual([0]);
    expect(offeredLimits(512)).toEqual([50, 100, 200, 500, 0]);
  });
});
