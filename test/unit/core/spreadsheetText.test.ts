import { describe, expect, it } from 'vitest';
import { hasGuard, withGuard, withoutGuard } from '../../../src/core/spreadsheetText';

describe('withGuard', () => {
  it.each(['=1', '+1', '-1', '@a', ' =1', '＝1', "'=1", '\t1'])(
    'guards %s, and withoutGuard gives it back',
    (text) => {
      expect(withGuard(text)).toBe(`'${text}`);
      expect(hasGuard(withGuard(text))).toBe(true);
      expect(withoutGuard(withGuard(text))).toBe(text);
    },
  );

  it.each(['a', "'a", '1-2', ''])('leaves "%s" as it is', (text) => {
    expect(withGuard(text)).toBe(text);
    expect(hasGuard(text)).toBe(false);
    expect(withoutGuard(text)).toBe(text);
  });
});
