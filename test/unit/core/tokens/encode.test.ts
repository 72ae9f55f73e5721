import { Tokenizer as ReferenceTokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer, tokenizerOptions } from '../../../../src/core/tokens/encode';
import { pieces, sentences, vocabulary } from './vocabularies';

const variants = [
  { name: 'uncased', lowercase: true, stripAccents: undefined },
  { name: 'cased', lowercase: false, stripAccents: undefined },
  { name: 'uncased with accents', lowercase: true, stripAccents: false },
  { name: 'cased without accents', lowercase: false, stripAccents: true },
].map((variant) => ({
  ...variant,
  ours: createTokenizer(vocabulary, { ...variant, spaceChineseCharacters: true }),
  reference: createReference(variant),
}));

function createReference({
  lowercase,
  stripAccents,
}: {
  lowercase: boolean;
  stripAccents: boolean | undefined;
}) {
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const normalizer = {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    lowercase,
    strip_accents: stripAccents ?? null,
  };
  const model = {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab,
  };
  const decoder = { type: 'WordPiece', prefix: '##', cleanup: true };
  const json = {
    version: '1.0',
    added_tokens: [],
    normalizer,
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder,
    model,
  };
  return new ReferenceTokenizer(json, {});
}

/** Letters of every script in use, marks, control characters and signs; mixtures of them are the hardest inputs. */
const character = fc.oneof(
  fc.constantFrom(
    ...Array.from(
      'aAbBzZ019 .,-()αΑβΣéÉïñ中文한\u0301\u0300\u0308\t\n\u00a0\u00ad\u200b\u0000\ufffdİﬁ🧬𝒳ẞ²½',
    ),
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.array(character, { maxLength: 30 }).map((characters) => characters.join(''));
const anyUnits = fc
  .array(
    fc.oneof(
      character,
      fc.integer({ min: 0xd800, max: 0xdfff }).map((c) => String.fromCharCode(c)),
    ),
    { maxLength: 30 },
  )
  .map((units) => units.join(''));

/**
 * Inputs for which the reference differs from the Rust tokenizers that models are trained with: a final Σ, and CJK
 * characters beyond the first plane, around which the reference puts no spaces.
 */
const givenToReference = (given: string, lowercase: boolean) =>
  (lowercase ? given.replaceAll('Σ', 'σ') : given).replace(
    /[\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu,
    ' $& ',
  );

describe.each(variants)('encode, $name', ({ ours, reference, lowercase }) => {
  const expectSameIds = (given: string) => {
    const expected = reference.encode(givenToReference(given, lowercase), { add_special_tokens: false }).ids;
    expect([...ours.encode(given).ids]).toEqual(expected);
  };

  it.each(sentences)('gives the ids of @huggingface/tokenizers for %j', expectSameIds);

  it('gives the ids of @huggingface/tokenizers for any text', () => {
    fc.assert(fc.property(text, expectSameIds), { numRuns: 500 });
  });

  it('gives words that are encoded as the same word on their own', () => {
    let words = 0;
    fc.assert(
      fc.property(anyUnits, (given) => {
        const { ids, wordFirstTokens, wordStarts, wordEnds } = ours.encode(given);
        for (const [word, start] of wordStarts.entries()) {
          const alone = ours.encode(given.slice(start, wordEnds[word]));
          expect([...alone.ids]).toEqual([
            ...ids.subarray(wordFirstTokens[word], wordFirstTokens[word + 1] ?? ids.length),
          ]);
          expect(alone.wordStarts).toEqual(Int32Array.of(0));
          words += 1;
        }
      }),
      { numRuns: 500 },
    );
    expect(words).toBeGreaterThan(0);
  });

  it('gives offsets in order, tokens inside their words, and whole surrogate pairs', () => {
    let words = 0;
    fc.assert(
      fc.property(anyUnits, (given) => {
        const { ids, tokenStarts, tokenEnds, wordFirstTokens, wordStarts, wordEnds } = ours.encode(given);
        for (const [word, start] of wordStarts.entries()) {
          expect(start).toBeGreaterThanOrEqual(wordEnds[word - 1] ?? 0);
          const last = (wordFirstTokens[word + 1] ?? ids.length) - 1;
          expect(tokenStarts[wordFirstTokens[word] ?? -1]).toBe(start);
          expect(tokenEnds[last]).toBe(wordEnds[word]);
          expect(given.slice(start, wordEnds[word])).toMatch(
            /^(?![\udc00-\udfff])[^]*(?<![\ud800-\udbff])$/u,
          );
        }
        for (const [token, start] of tokenStarts.entries()) expect(tokenEnds[token]).toBeGreaterThan(start);
        words += wordStarts.length;
      }),
    );
    expect(words).toBeGreaterThan(0);
  });
});

describe('encode', () => {
  const tokenizer = createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true });
  const slices = (given: string) => {
    const { wordStarts, wordEnds } = tokenizer.encode(given);
    return Array.from(wordStarts, (start, word) => given.slice(start, wordEnds[word]));
  };
  const pieceSlices = (given: string) => {
    const { tokenStarts, tokenEnds } = tokenizer.encode(given);
    return Array.from(tokenStarts, (start, piece) => given.slice(start, tokenEnds[piece]));
  };

  it('keeps the offsets of each word through accents, soft hyphens, CJK and lone surrogates', () => {
    expect(slices('Cafe\u0301 na\u00adive')).toEqual(['Cafe\u0301', 'na\u00adive']);
    expect(slices('\u200bBRCA1\u200b 中文')).toEqual(['BRCA1', '中', '文']);
    expect(slices('ab\ud83dcd \ude00')).toEqual(['ab\ud83dcd']);
  });

  it('keeps the offsets of each token', () => {
    expect(pieceSlices('BRCA1 Éas')).toEqual(['B', 'R', 'CA1', 'É', 'a', 's']);
  });

  it('treats special tokens in a text as text', () => {
    expect(slices('[SEP]')).toEqual(['[', 'SEP', ']']);
  });

  it('treats a word of more than 100 characters as unknown', () => {
    expect([...tokenizer.encode('a'.repeat(101)).ids]).toEqual([vocabulary.unknownId]);
    expect(tokenizer.encode('a'.repeat(100)).ids).toHaveLength(100);
  });

  it('reports the letter case of words', () => {
    const { wordShapes } = tokenizer.encode('brca BRCA1 Brca mRNA A 1A Ä-ΔFosB');
    expect([...wordShapes]).toEqual([0, 2, 1, 3, 1, 3, 1, 0, 3]);
  });

  it('is linear in a text without a blank', () => {
    expect([...tokenizer.encode('é'.repeat(300_000)).ids]).toEqual([vocabulary.unknownId]);
    expect(tokenizer.encode('-'.repeat(300_000)).ids).toHaveLength(300_000);
  });
});

describe('tokenizerOptions', () => {
  it.each([
    [{}, { lowercase: true, stripAccents: undefined, spaceChineseCharacters: true }],
    [
      { tokenizerConfig: { do_lower_case: false, strip_accents: null, tokenize_chinese_chars: false } },
      { lowercase: false, stripAccents: undefined, spaceChineseCharacters: false },
    ],
    [
      {
        tokenizerJson: { normalizer: { lowercase: false, strip_accents: true, handle_chinese_chars: true } },
      },
      { lowercase: false, stripAccents: true, spaceChineseCharacters: true },
    ],
    [
      { tokenizerConfig: { do_lower_case: true }, tokenizerJson: { normalizer: { lowercase: false } } },
      { lowercase: true, stripAccents: undefined, spaceChineseCharacters: true },
    ],
    [
      { tokenizerConfig: 'no object', tokenizerJson: null },
      { lowercase: true, stripAccents: undefined, spaceChineseCharacters: true },
    ],
  ])('reads %j', (files, expected) => {
    expect(tokenizerOptions(files)).toEqual(expected);
  });
});
