import { normalize, type NormalizeOptions } from './normalize';
import { preTokenize } from './preTokenize';
import { shapeOf } from './shape';
import type { Vocabulary } from './vocabulary';
import { createWordPiece, type WordPieces } from './wordPiece';

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
  /** A special token's name in the text (`[SEP]`) is text like any other. */
  encode(text: string): Encoding;
}

/**
 * Reads BERT's options from the parsed `tokenizer_config.json`, else from the normalizer in `tokenizer.json`,
 * else those of the uncased model.
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

export function createTokenizer(vocabulary: Vocabulary, options: TokenizerOptions): Tokenizer {
  const wordPiece = createWordPiece(vocabulary);
  const normalizeOptions = { ...options, stripAccents: options.stripAccents ?? options.lowercase };
  return { vocabulary, encode: (text) => encode(text, normalizeOptions, wordPiece) };
}

function encode(text: string, options: NormalizeOptions, wordPiece: (word: string) => WordPieces): Encoding {
  const { text: normalized, alignment } = normalize(text, options);
  const startOf = (unit: number) => (alignment === undefined ? unit : (alignment.starts[unit] ?? 0));
  const endOf = (unit: number) => (alignment === undefined ? unit + 1 : (alignment.ends[unit] ?? 0));
  const bounds = preTokenize(normalized);
  const words = bounds.length / 2;
  const ids: number[] = [];
  const pieceStarts: number[] = [];
  const pieceEnds: number[] = [];
  const wordPieces = new Int32Array(words);
  const wordStarts = new Int32Array(words);
  const wordEnds = new Int32Array(words);
  const wordShapes = new Uint8Array(words);
  for (let word = 0; word < words; word += 1) {
    const start = bounds[2 * word] ?? 0;
    const end = bounds[2 * word + 1] ?? 0;
    const pieces = wordPiece(normalized.slice(start, end));
    wordPieces[word] = ids.length;
    for (let piece = 0, from = start; piece < pieces.ids.length; piece += 1) {
      const to = start + (pieces.ends[piece] ?? 0);
      ids.push(pieces.ids[piece] ?? 0);
      pieceStarts.push(startOf(from));
      pieceEnds.push(endOf(to - 1));
      from = to;
    }
    wordStarts[word] = startOf(start);
    wordEnds[word] = endOf(end - 1);
    wordShapes[word] = shapeOf(text, startOf(start), endOf(end - 1));
  }
  return {
    ids: new Int32Array(ids),
    pieceStarts: new Int32Array(pieceStarts),
    pieceEnds: new Int32Array(pieceEnds),
    wordPieces,
    wordStarts,
    wordEnds,
    wordShapes,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function firstBoolean(...values: unknown[]): boolean | undefined {
  return values.find((value) => typeof value === 'boolean');
}
