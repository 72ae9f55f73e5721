import { describe, expect, it } from 'vitest';
import { curvePoints } from '../../../../media/screening/curvePoints';

describe('the curve', () => {
  it('uses the whole drawing', () => {
    const curve = [
      { screened: 0, included: 0 },
      { screened: 10, included: 4 },
      { screened: 40, included: 8 },
    ];
    expect(curvePoints(curve)).toEqual(['0.0,31.0', '30.0,16.0', '120.0,1.0']);
  });

  it('lies on the ground without relevant records', () => {
    expect(curvePoints([{ screened: 0, included: 0 }])).toEqual(['0.0,31.0']);
  });
});
