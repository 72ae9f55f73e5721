import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/document/parse';
import { formats } from './checks';
import { markupLike } from './markupLike';

describe.each(formats)('parsing a %s document again after edits', (format) => {
  it('gives the segments that a parse from nothing gives', () => {
    const edit = fc.record({ at: fc.nat(), remove: fc.nat({ max: 20 }), insert: markupLike(format) });
    const document = fc.array(markupLike(format), { maxLength: 4 }).map((parts) => parts.join('\n\n'));
    const holds = fc.property(document, fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
      let parsed = parseDocument(text, format);
      for (const { at, remove, insert } of edits) {
        const start = at % (parsed.text.length + 1);
        const edited = parsed.text.slice(0, start) + insert.slice(0, 40) + parsed.text.slice(start + remove);
        parsed = parseDocument(edited, format, parsed);
        const fresh = parseDocument(edited, format);
        expect(parsed.segments).toEqual(fresh.segments);
        expect(parsed.blocks).toEqual(fresh.blocks);
      }
    });
    fc.assert(holds, { numRuns: 400 });
  });
});
