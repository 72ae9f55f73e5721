import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { findSentence } from '../../../../src/core/documents/findSentence';
import type { DocumentFormat } from '../../../../src/core/types';

function search(text: string, format: DocumentFormat) {
  return { text, prose: () => Promise.resolve(parseDocument(text, format).segments) };
}

async function found(text: string, format: DocumentFormat, sentence: string): Promise<string | undefined> {
  const span = await findSentence(search(text, format), sentence, 0);
  return span && text.slice(span.start, span.end);
}

describe('findSentence', () => {
  it('takes the occurrence nearest to where the sentence stood', async () => {
    const text = 'It fell. It rose. It fell.';
    expect(await findSentence(search(text, 'plain'), 'It fell.', 3)).toEqual({ start: 0, end: 8 });
    expect(await findSentence(search(text, 'plain'), 'It fell.', 15)).toEqual({ start: 18, end: 26 });
  });

  it('accepts any white space between words', async () => {
    expect(await found('AB  - ASA did\n      not help.', 'plain', 'ASA did not help.')).toBe(
      'ASA did\n      not help.',
    );
  });

  it.each<[DocumentFormat, string, string]>([
    ['markdown', 'Yes. *BRCA1* binds [BARD1](https://x.org). No.', 'BRCA1* binds [BARD1](https://x.org).'],
    ['latex', String.raw`Yes. \emph{BRCA1} binds BARD1. No.`, 'BRCA1} binds BARD1.'],
    ['jats', '<article><p>Yes. <i>BRCA1</i> binds BARD1. No.</p></article>', 'BRCA1</i> binds BARD1.'],
  ])(
    'finds the prose of a sentence with markup, from its first character: %s',
    async (format, text, sentence) => {
      expect(await found(text, format, 'BRCA1 binds BARD1.')).toBe(sentence);
    },
  );

  it('does not find another sentence', async () => {
    expect(await found('*BRCA1* binds *BARD1*.', 'markdown', 'BRCA2 binds BARD1.')).toBeUndefined();
    expect(await found('BRCA1', 'plain', '  ')).toBeUndefined();
  });
});
