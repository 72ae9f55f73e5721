/**
 * BERT's basic tokens: a text is split at white space, and every punctuation character is a token of its own. Source:
 * BertPreTokenizer in huggingface/tokenizers. Every ASCII character that is not a letter, digit or white space counts
 * as punctuation, including `$`, `+` and `<`; beyond ASCII, Unicode category P does.
 */
const word = 0;
const blank = 1;
const punctuation = 2;

const asciiKind = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return blank;
  return /[!-/:-@[-`{-~]/.test(character) ? punctuation : word;
});

/**
 * Splits a text into basic tokens.
 *
 * @param normalized Normalised text.
 * @returns flat pairs of the start and end of each basic token, as UTF-16 offsets in `normalized`.
 */
export function preTokenize(normalized: string): number[] {
  const bounds: number[] = [];
  let start = -1;
  for (let i = 0, next = 0; i < normalized.length; i = next) {
    const code = normalized.charCodeAt(i);
    next = i + 1;
    let kind = asciiKind[code];
    if (kind === undefined) {
      const codePoint = normalized.codePointAt(i) ?? code;
      if (codePoint > 0xffff) next = i + 2;
      kind = kindOf(codePoint);
    }
    if (kind === word) {
      if (start < 0) start = i;
      continue;
    }
    if (start >= 0) bounds.push(start, i);
    start = -1;
    if (kind === punctuation) bounds.push(i, next);
  }
  if (start >= 0) bounds.push(start, normalized.length);
  return bounds;
}

function kindOf(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (/\p{P}/u.test(character)) return punctuation;
  return /\p{White_Space}/u.test(character) ? blank : word;
}
