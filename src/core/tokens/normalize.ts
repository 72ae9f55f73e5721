/**
 * Options of BERT's text normalisation, which here keeps the offset of every character. Sources: BasicTokenizer in
 * google-research/bert `tokenization.py`; BertNormalizer in huggingface/tokenizers, which works character by
 * character, so that a final Σ becomes σ and not ς.
 */
export interface NormalizeOptions {
  readonly lowercase: boolean;
  readonly stripAccents: boolean;
  readonly spaceChineseCharacters: boolean;
}

/** Normalised text. Unit `i` of it stands for `[starts[i], ends[i])` of the original. */
export interface NormalizedText {
  readonly text: string;
  /** Undefined if every unit stands for the unit at the same offset. */
  readonly alignment?: { readonly starts: Int32Array; readonly ends: Int32Array };
}

const onlyPlainAscii = /^[\t\n\r\x20-\x7e]*$/;

/**
 * Normalises a text: removes control characters, replaces white space by spaces, puts spaces around CJK characters,
 * strips accents and converts to lower case.
 */
export function normalize(original: string, options: NormalizeOptions): NormalizedText {
  if (onlyPlainAscii.test(original)) {
    // Tabs and line breaks are kept: the next step splits at them as at spaces.
    return { text: options.lowercase ? original.toLowerCase() : original };
  }
  return normalizeByCodePoint(original, options);
}

function normalizeByCodePoint(original: string, options: NormalizeOptions): NormalizedText {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let start = 0, end = 0; start < original.length; start = end) {
    const codePoint = original.codePointAt(start) ?? 0;
    end = start + (codePoint > 0xffff ? 2 : 1);
    const result = normalizeCodePoint(codePoint, options);
    if (result === '') {
      // A stripped combining mark belongs to the letter before it; a removed control character belongs to nothing.
      if (ends.length > 0 && isCombiningMark(codePoint)) ends[ends.length - 1] = end;
      continue;
    }
    parts.push(result);
    for (let unit = 0; unit < result.length; unit += 1) {
      starts.push(start);
      ends.push(end);
    }
  }
  return { text: parts.join(''), alignment: { starts: new Int32Array(starts), ends: new Int32Array(ends) } };
}

function normalizeCodePoint(codePoint: number, options: NormalizeOptions): string {
  if (codePoint < 0x80) return normalizeAscii(codePoint, options.lowercase);
  const character = String.fromCodePoint(codePoint);
  if (isRemoved(codePoint, character)) return '';
  if (isWhiteSpace(character)) return ' ';
  const folded = fold(character, options);
  return options.spaceChineseCharacters && isChinese(codePoint) ? ` ${folded} ` : folded;
}

function normalizeAscii(code: number, lowercase: boolean): string {
  if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) return ' ';
  if (code < 0x20 || code === 0x7f) return '';
  return String.fromCharCode(lowercase && code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
}

function fold(character: string, options: NormalizeOptions): string {
  const stripped = options.stripAccents ? character.normalize('NFD').replace(/\p{Mn}/gu, '') : character;
  if (!options.lowercase) return stripped;
  let lower = '';
  for (const each of stripped) lower += each.toLowerCase();
  return lower;
}

/** Control, format and private characters, lone surrogates and the replacement character. */
function isRemoved(codePoint: number, character: string): boolean {
  return codePoint === 0xfffd || /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(character);
}

function isWhiteSpace(character: string): boolean {
  return /\p{White_Space}/u.test(character);
}

function isCombiningMark(codePoint: number): boolean {
  return codePoint >= 0x300 && /\p{Mn}/u.test(String.fromCodePoint(codePoint));
}

/**
 * Whether BERT puts spaces around a character: the blocks of CJK Unified Ideographs. Kana and Hangul are not among
 * them; BERT treats them like alphabets.
 */
function isChinese(codePoint: number): boolean {
  if (codePoint < 0x3400) return false;
  return (
    (codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
    codePoint <= 0x4dbf ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0x20000 && codePoint <= 0x2a6df) ||
    (codePoint >= 0x2a700 && codePoint <= 0x2b81f) ||
    (codePoint >= 0x2b920 && codePoint <= 0x2ceaf) ||
    (codePoint >= 0x2f800 && codePoint <= 0x2fa1f)
  );
}
