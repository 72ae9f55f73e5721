import fc from 'fast-check';
import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import type { Event } from 'micromark-util-types';
import { describe, expect, it } from 'vitest';
import { markdownEvents } from '../../../../src/core/documents/markdownEvents';
import { StepLimitError } from '../../../../src/core/documents/stepMeter';
import { markupLike } from './markupLike';

const placesOf = (events: readonly Event[]) =>
  events.map(([kind, { type, start, end }]) => `${kind} ${type} ${start.offset} ${end.offset}`);

describe('markdownEvents', () => {
  it('gives the events of micromark', () => {
    const text = fc.array(markupLike('markdown'), { maxLength: 3 }).map((parts) => parts.join(' '));
    const holds = fc.property(text, (source) => {
      fc.pre(!source.startsWith('\uFEFF'));
      const plain = parse({ extensions: [gfm(), math()] }).document();
      const expected = postprocess(plain.write(preprocess()(source, undefined, true)));
      expect(placesOf(markdownEvents(source))).toEqual(placesOf(expected));
    });
    fc.assert(holds, { numRuns: 300 });
  });

  it('forgets the definitions of the block before', () => {
    const types = (source: string) => markdownEvents(source).map(([, token]) => token.type);
    expect(types('[a]\n\n[a]: b\n\n[^c]\n\n[^c]: d')).toEqual(
      expect.arrayContaining(['link', 'gfmFootnoteCall']),
    );
    expect(types('[a] [^c]')).not.toContain('link');
    expect(types('[a] [^c]')).not.toContain('gfmFootnoteCall');
  });

  it('gives up a block that needs many steps, and reads the next one', () => {
    expect(() => markdownEvents(']'.repeat(20_000))).toThrow(StepLimitError);
    expect(markdownEvents('a').length).toBeGreaterThan(0);
  });
});
