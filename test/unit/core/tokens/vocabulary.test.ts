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

  it.each(['', '\n'])('accepts as many tokens as the model has rows, with %j at the end', (end) => {
    expect(vocabularyFromText(special.join('\n') + end, special.length).size).toBe(special.length);
  });

  it('refuses more tokens than the model has rows', () => {
    const text = [...special, 'gene'].join('\n');
    const mismatch = withCode(errorCodes.MODEL_VOCABULARY_MISMATCH);
    expect(() => vocabularyFromText(text, special.length)).toThrow(mismatch);
    expect(() => vocabularyFromText(`${text}\n`, special.length)).toThrow(mismatch);
  });

  it('counts duplicates and uses their last id, as the reference tokenizer does', () => {
    const vocabulary = vocabularyFromText([...special, 'gene', '##s', 'gene', '##s', 's'].join('\n'));
    expect(vocabulary).toMatchObject({ duplicates: 2, size: 9 });
    expect(vocabulary.starts.get('gene')).toBe(6);
  });
});

describe('vocabularyFromTokenizerJson', () => {
  const vocab = Object.fromEntries([...special, 'gene', '##s'].map((piece, id) => [piece, id]));

  it('reads the vocabulary of a WordPiece model', () => {
    const vocabulary = vocabularyFromTokenizerJson({ model: { type: 'WordPiece', vocab } });
    expect(vocabulary.size).toBe(6);
    expect(vocabulary.continuations.get('s')).toBe(5);
  });

  it.each([-1, 0.5, 2 ** 60, '4', null])('refuses the id %j', (id) => {
    const json = { model: { type: 'WordPiece', vocab: { ...vocab, cell: id } } };
    expect(() => vocabularyFromTokenizerJson(json)).toThrow(withCode(errorCodes.MODEL_FILE_DAMAGED));
  });

  it('refuses more tokens than the model has rows', () => {
    const json = { model: { type: 'WordPiece', vocab } };
    expect(() => vocabularyFromTokenizerJson(json, 5)).toThrow(
      withCode(errorCodes.MODEL_VOCABULARY_MISMATCH),
    );
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
