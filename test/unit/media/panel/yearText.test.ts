import { describe, expect, it } from 'vitest';
import { yearOf } from '../../../../media/panel/yearText';

describe('yearOf', () => {
  it.each([
    ['1998', 1998],
    [' 2026 ', 2026],
    ['', undefined],
    ['199', null],
    ['19', null],
    ['3000', null],
    ['abcd', null],
  ])('reads %j as %j', (text, year) => {
    expect(yearOf(text)).toBe(year);
  });
});
