import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { expectSound, formats } from './checks';
import { markupLike } from './markupLike';

vi.setConfig({ testTimeout: 60_000 });

describe.each(formats)('the segments of a %s document', (format) => {
  it('have the offsets that types.ts documents, for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, (each) => expectSound(each, parseDocument(each, format).segments)),
      { numRuns: 200 },
    );
  });

  it('have the offsets that types.ts documents, in valid and in broken markup', () => {
    let seen = 0;
    fc.assert(
      fc.property(markupLike(format), (each) => {
        const { segments } = parseDocument(each, format);
        expectSound(each, segments);
        seen += segments.length;
      }),
      { numRuns: 800 },
    );
    expect(seen).toBeGreaterThan(0);
  });

  it.each(['', 'a', '\n', '\u0000', '\uFEFF', '\uD800', '<', '{', '$', '@', '"'])(
    'are found in %j',
    (text) => {
      expectSound(text, parseDocument(text, format).segments);
    },
  );
});
