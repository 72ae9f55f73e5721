import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { vocabularyFromText, vocabularyFromTokenizerJson } from '../../../../src/core/tokens/vocabulary';

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const withCode = (code: string) => expect.objectContaining({ code }) as Error;

describe('vocabularyFromText', () => {
  it.each(['\n', '\r\n'])('numbers lines that end with %j', (end) => {
    const vocabulary = vocabularyFromText([...special, 'gene', '##s', '##'].join(end) + end);
    expect(vocabulary).toMatchObject({
      size: 7,
      paddingId: 0,
      unknownId: 1,
      classifyId: 2,
      separatorId: 3,
      maxTokenLength: 5,
    });
    expect(vocabulary.starts.get('gene')).toBe(4);
    expect(vocabulary.continuations.get('s')).toBe(5);
    expect(vocabulary.starts.get('##')).toBe(6);
  });

  it.each(special)('refuses a file without %s', (missing) => {
    const text = special.filter((piece) => piece !== missing).join('\n');
    expect(() => vocabularyFromText(text)).toThrow(withCode(errorCodes.MODEL_FILE_DAMAGED));
  });
});

describe('vocabularyFromTokenizerJson', () => {
  const vocab = Object.fromEntries([...special, 'gene', '##s'].map((piece, id) => [piece, id]));

  it('reads the vocabulary of a WordPiece model', () => {
    const vocabulary = vocabularyFromTokenizerJson({ model: { type: 'WordPiece', vocab } });
    expect(vocabulary.size).toBe(6);
    expect(vocabulary.continuations.get('s')).toBe(5);
  });

  it.each([
    null,
    'text',
    {},
    { model: { type: 'BPE', vocab } },
    { model: { type: 'WordPiece' } },
    { model: { type: 'WordPiece', vocab: ['gene'] } },
    { model: { type: 'WordPiece', vocab, continuing_subword_prefix: '@@' } },
  ])('refuses %j', (json) => {
    expect(() => vocabularyFromTokenizerJson(json)).toThrow(withCode(errorCodes.MODEL_CONFIG_INVALID));
  });
});
