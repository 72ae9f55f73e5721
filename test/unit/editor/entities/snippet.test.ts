import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote, snippetIn, snippetOf, snippetReach } from '../../../../src/editor/entities/snippet';
import { LineIndex } from '../../../../src/runtime/folder/lineIndex';

function spanOf(text: string, word: string) {
  const start = text.indexOf(word);
  return { start, end: start + word.length };
}

describe('quote', () => {
  const line =
    'In this cohort, carriers of a BRCA1 mutation who took tamoxifen had a lower rate of contralateral disease.';

  it.each([
    [
      'in the middle',
      'BRCA1',
      '… cohort, carriers of a BRCA1 mutation who took tamoxifen had a lower rate of …',
    ],
    ['at the start', 'In', 'In this cohort, carriers of a BRCA1 mutation who …'],
    ['at the end', 'disease', '… rate of contralateral disease.'],
  ])('cuts at blanks %s', (_, word, expected) => {
    expect(quote(line, spanOf(line, word))).toBe(expected);
  });

  it('folds line ends and tabs inside the quote', () => {
    const text = 'loss of the\r\n\tprotein p53 here';
    expect(quote(text, spanOf(text, 'p53'))).toBe('loss of the protein p53 here');
  });

  it('never cuts a surrogate pair where there is no blank', () => {
    const text = `${'😀'.repeat(40)}TP53${'😀'.repeat(40)}`;
    const text2 = `x${text}x`;
    for (const sample of [text, text2]) {
      expect(quote(sample, spanOf(sample, 'TP53'))).not.toMatch(
        /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/,
      );
    }
  });
});

describe('LineIndex', () => {
  it.each([
    ['LF', 'a\nbb\nccc', 5, { line: 2, character: 0 }],
    ['CRLF', 'a\r\nbb\r\nccc', 4, { line: 1, character: 1 }],
    ['CR', 'a\rbb', 2, { line: 1, character: 0 }],
    ['an empty text', '', 0, { line: 0, character: 0 }],
    ['the end', 'a\n', 2, { line: 1, character: 0 }],
  ])('finds the position with %s', (_, text, offset, expected) => {
    expect(new LineIndex(text).positionAt(offset)).toEqual(expected);
  });

  it('agrees with counting line ends one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'ß', '\n', '\r\n', ' '), { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const lines = text.slice(0, offset).split('\n');
          expect(index.positionAt(offset)).toEqual({
            line: lines.length - 1,
            character: lines.at(-1)?.length,
          });
        }
      }),
    );
  });

  it('quotes a mention that runs over a line end', () => {
    const text = 'First line.\nHistory of breast\ncancer in the family.\nLast line.';
    const span = { start: text.indexOf('breast'), end: text.indexOf(' in the') };
    expect(snippetIn(new LineIndex(text), span)).toEqual({
      line: 2,
      text: 'History of breast cancer in the family.',
      sentence: 'History of breast cancer in the family.',
    });
  });
});

describe('the sentence of a snippet', () => {
  const sentenceOf = (text: string, word: string) => snippetOf(1, text, spanOf(text, word)).sentence;

  it('is whole, over the lines of a wrapped field and without its tag', () => {
    const text = [
      'PMID- 2002',
      'TI  - Aspirin and gout',
      'AB  - Of all patients, those who took',
      '      low-dose aspirin had a high urate. Others had',
      '      none.',
      'FAU - Iron, Carl',
    ].join('\n');
    expect(sentenceOf(text, 'low-dose')).toBe(
      'Of all patients, those who took low-dose aspirin had a high urate.',
    );
    expect(sentenceOf(text, 'Others')).toBe('Others had none.');
    expect(sentenceOf(text, 'gout')).toBe('Aspirin and gout');
    expect(snippetOf(3, text, spanOf(text, 'gout')).text).toBe('Aspirin and gout');
  });

  it('shows where a very long sentence is cut', () => {
    const text = `${'many words '.repeat(100)}aspirin ${'many words '.repeat(100)}`;
    const { start, end } = spanOf(text, 'aspirin');
    const around = text.slice(start - snippetReach, end + snippetReach);
    const span = { start: snippetReach, end: snippetReach + end - start };
    expect(snippetOf(1, around, span).sentence).toMatch(/^… (?:many|words) .* aspirin .* (?:many|words) …$/);
  });
});
