import { normalize, type NormalizedText, type NormalizeOptions } from './normalize';
import { preTokenize } from './preTokenize';
import { shapeOf } from './shape';
import type { Vocabulary } from './vocabulary';
import { createWordPiece, type WordTokens } from './wordPiece';

export interface TokenizerOptions {
  readonly lowercase: boolean;
  /** Default: the value of `lowercase`, as in BERT. */
  readonly stripAccents?: boolean | undefined;
  readonly spaceChineseCharacters: boolean;
}

/**
 * The tokens of one text, without special tokens. A *word* here is a BERT basic token: what remains after splitting at
 * white space and punctuation. All offsets are UTF-16 offsets in the original text.
 */
export interface Encoding {
  /** Vocabulary id of each token. */
  readonly ids: Int32Array;
  readonly tokenStarts: Int32Array;
  readonly tokenEnds: Int32Array;
  /** Index of the first token of each word. */
  readonly wordFirstTokens: Int32Array;
  readonly wordStarts: Int32Array;
  readonly wordEnds: Int32Array;
  /** Letter case of each word, see shape.ts. */
  readonly wordShapes: Uint8Array;
}

export interface Tokenizer {
  readonly vocabulary: Vocabulary;
  /** Encodes a text. The name of a special token in the text (`[SEP]`) is treated like any other text. */
  encode(text: string): Encoding;
}

/**
 * Reads the tokenizer options from the parsed `tokenizer_config.json`, or else from the normalizer in
 * `tokenizer.json`. Default: the options of the uncased BERT.
 */
export function tokenizerOptions(files: {
  tokenizerConfig?: unknown;
  tokenizerJson?: unknown;
}): TokenizerOptions {
  const config = record(files.tokenizerConfig);
  const normalizer = record(record(files.tokenizerJson)['normalizer']);
  return {
    lowercase: firstBoolean(config['do_lower_case'], normalizer['lowercase']) ?? true,
    stripAccents: firstBoolean(config['strip_accents'], normalizer['strip_accents']),
    spaceChineseCharacters:
      firstBoolean(config['tokenize_chinese_chars'], normalizer['handle_chinese_chars']) ?? true,
  };
}

/**
 * Creates a WordPiece tokenizer that keeps the offsets of its tokens.
 *
 * @example
 * ```ts
 * const tokenizer = createTokenizer(vocabularyFromText(vocab), tokenizerOptions({}));
 * tokenizer.encode('BRCA1 mutations').ids;
 * ```
 */
export function createTokenizer(vocabulary: Vocabulary, options: TokenizerOptions): Tokenizer {
  const wordPiece = createWordPiece(vocabulary);
  const normalizeOptions = { ...options, stripAccents: options.stripAccents ?? options.lowercase };
  return { vocabulary, encode: (text) => encode(text, normalizeOptions, wordPiece) };
}

function encode(text: string, options: NormalizeOptions, wordPiece: (word: string) => WordTokens): Encoding {
  const normalized = normalize(text, options);
  const bounds = preTokenize(normalized.text);
  const words = bounds.length / 2;
  const tokens = new TokenList(normalized);
  const wordPieces = new Int32Array(words);
  const wordStarts = new Int32Array(words);
  const wordEnds = new Int32Array(words);
  const wordShapes = new Uint8Array(words);
  for (let word = 0; word < words; word += 1) {
    const start = bounds[2 * word] ?? 0;
    const end = bounds[2 * word + 1] ?? 0;
    wordPieces[word] = tokens.ids.length;
    wordStarts[word] = startOf(normalized, start);
    wordEnds[word] = endOf(normalized, end);
    wordShapes[word] = shapeOf(text, startOf(normalized, start), endOf(normalized, end));
    tokens.add(wordPiece(normalized.text.slice(start, end)), start);
  }
  return {
    ids: new Int32Array(tokens.ids),
    tokenStarts: new Int32Array(tokens.starts),
    tokenEnds: new Int32Array(tokens.ends),
    wordFirstTokens: wordPieces,
    wordStarts,
    wordEnds,
    wordShapes,
  };
}

/** Collects the tokens of a text with their offsets in the original. */
class TokenList {
  readonly ids: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  constructor(private readonly normalized: NormalizedText) {}

  /** @param wordStart Start of the word in the normalised text. */
  add({ ids, ends }: WordTokens, wordStart: number): void {
    let from = wordStart;
    for (const [piece, id] of ids.entries()) {
      const to = wordStart + (ends[piece] ?? 0);
      this.ids.push(id);
      this.starts.push(startOf(this.normalized, from));
      this.ends.push(endOf(this.normalized, to));
      from = to;
    }
  }
}

/** The offset in the original at which the unit at `unit` of the normalised text begins. */
function startOf({ alignment }: NormalizedText, unit: number): number {
  return alignment === undefined ? unit : (alignment.starts[unit] ?? 0);
}

/** The offset in the original at which the unit before `unit` of the normalised text ends. */
function endOf({ alignment }: NormalizedText, unit: number): number {
  return alignment === undefined ? unit : (alignment.ends[unit - 1] ?? 0);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function firstBoolean(...values: unknown[]): boolean | undefined {
  return values.find((value) => typeof value === 'boolean');
}
