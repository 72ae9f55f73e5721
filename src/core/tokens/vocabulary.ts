import { BioBertError, errorCodes } from '../errors';

/** The tokens of a model and their ids. */
export interface Vocabulary {
  /** The highest id plus one: the number of rows that the model's embedding must have. */
  readonly size: number;
  readonly unknownId: number;
  readonly classifyId: number;
  readonly separatorId: number;
  readonly paddingId: number;
  /** Tokens that start a word. */
  readonly starts: ReadonlyMap<string, number>;
  /** Tokens that continue a word, without their `##`. */
  readonly continuations: ReadonlyMap<string, number>;
  /** Length of the longest token without `##`, in UTF-16 units. */
  readonly maxTokenLength: number;
  /** Number of tokens that occur a second time. As in the reference tokenizer, the last id of a token is used. */
  readonly duplicates: number;
}

const continuationPrefix = '##';

/** Maximum number of tokens of any model. The largest vocabulary of a BERT, the multilingual one, has 120,000. */
const mostTokens = 1_000_000;
const completeVocabulary = 'Use the complete vocabulary that the model was trained with.';

/**
 * Reads the text of `vocab.txt`: one token per line; its id is the line number, counted from 0.
 * @param maxTokens Number of embedding rows of the model; at most, and by default, a million. The lines are counted
 *   before anything is built, because a forged file may have millions.
 * @throws {BioBertError} MODEL_FILE_DAMAGED if a special token is missing, MODEL_VOCABULARY_MISMATCH if there are more
 *   tokens than `maxTokens`.
 */
export function vocabularyFromText(text: string, maxTokens = mostTokens): Vocabulary {
  checkSize(countLines(text), maxTokens);
  const lines = text.split(/\r?\n/u);
  if (lines.at(-1) === '') lines.pop();
  const entries = lines.map((piece, id): [string, number] => [piece, id]);
  return createVocabulary(entries, 'vocab.txt');
}

/**
 * Reads the parsed `tokenizer.json` of Hugging Face.
 * @param maxTokens As for {@link vocabularyFromText}.
 * @throws {BioBertError} MODEL_CONFIG_INVALID if it is not a WordPiece tokenizer, MODEL_FILE_DAMAGED if a special
 *   token is missing or an id is not a whole number from 0, MODEL_VOCABULARY_MISMATCH as for `vocab.txt`.
 */
export function vocabularyFromTokenizerJson(json: unknown, maxTokens = mostTokens): Vocabulary {
  const model = property(json, 'model');
  const vocabulary = property(model, 'vocab');
  const prefix = property(model, 'continuing_subword_prefix') ?? continuationPrefix;
  const isWordPiece =
    (property(model, 'type') ?? 'WordPiece') === 'WordPiece' && prefix === continuationPrefix;
  if (!isWordPiece || typeof vocabulary !== 'object' || vocabulary === null || Array.isArray(vocabulary)) {
    throw new BioBertError(
      errorCodes.MODEL_CONFIG_INVALID,
      'tokenizer.json does not describe a WordPiece tokenizer.',
      'Use a BERT model with a WordPiece vocabulary.',
    );
  }
  const entries = Object.entries(vocabulary);
  checkSize(entries.length, maxTokens);
  const found = createVocabulary(entries.map(checkedEntry), 'tokenizer.json');
  // Its ids need not be consecutive.
  checkSize(found.size, maxTokens);
  return found;
}

function checkedEntry([piece, id]: [string, unknown]): [string, number] {
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return [piece, id];
  throw new BioBertError(
    errorCodes.MODEL_FILE_DAMAGED,
    'tokenizer.json has a token whose id is not a whole number from 0.',
    completeVocabulary,
  );
}

/** Counts like `split`: text after the last line break is a line, too. */
function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function checkSize(size: number, maxTokens: number): void {
  const most = Math.min(maxTokens, mostTokens);
  if (size <= most) return;
  throw vocabularyMismatch(`The vocabulary has ${size} tokens where at most ${most} were expected.`);
}

/** The error for a vocabulary that is not the one which the model was trained with. */
export function vocabularyMismatch(message: string, cause?: unknown): BioBertError {
  const nextStep = 'Put the vocab.txt that the model was trained with beside its weights.';
  return new BioBertError(errorCodes.MODEL_VOCABULARY_MISMATCH, message, nextStep, { cause });
}

/**
 * Whether the tokens contain upper-case letters. Without tokenizer_config.json this is the only sign of a cased model:
 * uncased vocabularies have upper case only in special tokens.
 */
export function isCasedVocabulary({ starts }: Vocabulary): boolean {
  for (const piece of starts.keys()) if (/^\p{Lu}\p{Ll}+$/u.test(piece)) return true;
  return false;
}

function createVocabulary(entries: readonly (readonly [string, number])[], file: string): Vocabulary {
  const starts = new Map<string, number>();
  const continuations = new Map<string, number>();
  let maxTokenLength = 0;
  let size = 0;
  for (const [piece, id] of entries) {
    size = Math.max(size, id + 1);
    const continues = piece.startsWith(continuationPrefix) && piece.length > continuationPrefix.length;
    const characters = continues ? piece.slice(continuationPrefix.length) : piece;
    maxTokenLength = Math.max(maxTokenLength, characters.length);
    (continues ? continuations : starts).set(characters, id);
  }
  const special = (name: string) => specialId(starts, name, file);
  return {
    size,
    unknownId: special('[UNK]'),
    classifyId: special('[CLS]'),
    separatorId: special('[SEP]'),
    paddingId: special('[PAD]'),
    starts,
    continuations,
    maxTokenLength,
    duplicates: entries.length - starts.size - continuations.size,
  };
}

function specialId(starts: ReadonlyMap<string, number>, name: string, file: string): number {
  const id = starts.get(name);
  if (id !== undefined) return id;
  throw new BioBertError(errorCodes.MODEL_FILE_DAMAGED, `${file} has no ${name} token.`, completeVocabulary);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
