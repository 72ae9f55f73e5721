import { describe, expect, it } from 'vitest';
import { findSentence } from '../../../../src/core/documents/findSentence';
import type { DocumentFormat } from '../../../../src/core/types';

function found(text: string, format: DocumentFormat, sentence: string, start = 0): string | undefined {
  const span = findSentence({ text, format }, sentence, start);
  return span && text.slice(span.start, span.end);
}

describe('findSentence', () => {
  it('takes the occurrence nearest to where the sentence stood', () => {
    const text = 'It fell. It rose. It fell.';
    expect(findSentence({ text, format: 'plain' }, 'It fell.', 3)).toEqual({ start: 0, end: 8 });
    expect(findSentence({ text, format: 'plain' }, 'It fell.', 15)).toEqual({ start: 18, end: 26 });
  });

  it('accepts any white space between words', () => {
    expect(found('AB  - ASA did\n      not help.', 'plain', 'ASA did not help.')).toBe(
      'ASA did\n      not help.',
    );
  });

  it.each<[DocumentFormat, string, string]>([
    ['markdown', 'Yes. *BRCA1* binds [BARD1](https://x.org). No.', 'BRCA1* binds [BARD1](https://x.org).'],
    ['latex', String.raw`Yes. \emph{BRCA1} binds BARD1. No.`, 'BRCA1} binds BARD1.'],
    ['jats', '<article><p>Yes. <i>BRCA1</i> binds BARD1. No.</p></article>', 'BRCA1</i> binds BARD1.'],
  ])('finds the prose of a sentence with markup, from its first character: %s', (format, text, sentence) => {
    expect(found(text, format, 'BRCA1 binds BARD1.')).toBe(sentence);
  });

  it('does not find another sentence', () => {
    expect(found('*BRCA1* binds *BARD1*.', 'markdown', 'BRCA2 binds BARD1.')).toBeUndefined();
    expect(found('BRCA1', 'plain', '  ')).toBeUndefined();
  });
});
