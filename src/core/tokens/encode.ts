import type { Vocabulary } from './vocabulary';

export interface TokenizerOptions {
  readonly lowercase: boolean;
  /** `undefined`: as `lowercase`, BERT's rule. */
  readonly stripAccents?: boolean | undefined;
  readonly spaceChineseCharacters: boolean;
}

/**
 * Word pieces of one text, without special tokens. A *word* here is a BERT basic token: what white space and
 * punctuation leave. All offsets are UTF-16 offsets into the text that was given.
 */
export interface Encoding {
  /** Vocabulary id of each piece. */
  readonly ids: Int32Array;
  readonly pieceStarts: Int32Array;
  readonly pieceEnds: Int32Array;
  /** Index of the first piece of each word. */
  readonly wordPieces: Int32Array;
  readonly wordStarts: Int32Array;
  readonly wordEnds: Int32Array;
  /** Letter case of each word, see shape.ts. */
  readonly wordShapes: Uint8Array;
}

export interface Tokenizer {
  readonly vocabulary: Vocabulary;
  encode(text: string): Encoding;
}

/**
 * Reads BERT's options from the parsed `tokenizer_config.json`, else from the normalizer in `tokenizer.json`,
 * else those of the uncased model.
 */
export function tokenizerOptions(_files: {
  tokenizerConfig?: unknown;
  tokenizerJson?: unknown;
}): TokenizerOptions {
  return { lowercase: true, spaceChineseCharacters: true };
}

export function createTokenizer(_vocabulary: Vocabulary, _options: TokenizerOptions): Tokenizer {
  throw new Error('pending');
}
