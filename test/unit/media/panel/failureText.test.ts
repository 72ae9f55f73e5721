import { describe, expect, it } from 'vitest';
import { failureText } from '../../../../media/panel/failureText';
import { BioBertError, errorCodes } from '../../../../src/core/errors';

describe('failureText', () => {
  it.each([
    [new BioBertError(errorCodes.INTERNAL, 'It failed.', 'Try again.'), 'It failed. Try again.'],
    [new Error('It failed.'), 'It failed.'],
    ['closed', 'closed'],
  ])('describes %o', (error, expected) => {
    expect(failureText(error)).toBe(expected);
  });
});
