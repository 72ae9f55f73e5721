/**
 * Escapes text for Markdown. A character is escaped only where CommonMark, GitHub, the preview of VS Code or Pandoc reads
 * it as markup, so that people can read and edit the source: `long-term`, `(treats)` and `p < 0.05` stay as they are.
 */

/** Characters that reverse the direction of the following text, also beyond the quotation. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]/gu;

/** Control characters that are not white space. CommonMark replaces NUL. */
const controls = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/gu;

/** Characters that may be markup inside of a line, and the beginnings of addresses, which viewers of Markdown turn into links. */
const inlineMarkup = /:\/\/|www\.|--|[\\`*_{[\]<|~^@$&]/giu;

/**
 * Markup at the beginning of a block: headings, quotations, lists, definitions, fenced blocks, rules, and the lists of
 * Pandoc (`a)`, `(iv)`, `#.`). The character behind the group is escaped.
 */
const blockStarts: readonly RegExp[] = [
  /^()[>:%]/u,
  /^()#{1,6}(?=\s|$)/u,
  /^()[-+~](?=\s|$)/u,
  /^()[-=](?:\s*[-=])*$/u,
  /^(\d{1,9}|[ivxlcdm]{1,9}|\p{L}|#)[.)](?=\s|$)/iu,
  /^()\((?:\d{1,9}|[ivxlcdm]{1,9}|\p{L})\)(?=\s|$)/iu,
];

/** Number signs at the end of a heading are not part of it; for Pandoc even without a space before them. */
const headingEnd = /#(?=#*$)/gu;

const wordCharacter = /[\p{L}\p{N}]/u;

/** Escapes a text for one line of Markdown: white space is collapsed, and nothing in the text is read as markup. */
export function escapeMarkdown(text: string): string {
  const line = text.replace(directionControls, '').replace(controls, '').replace(/\s+/g, ' ').trim();
  return escapeStart(line, escapeInline(line));
}

function escapeInline(line: string): string {
  const brackets = plainBrackets(line);
  const inline = line.replace(inlineMarkup, (found, at: number) =>
    brackets.has(at) || isPlain(found, at, line) ? found : escaped(found),
  );
  return inline.replace(headingEnd, '\\#');
}

function escapeStart(line: string, inline: string): string {
  for (const pattern of blockStarts) {
    const found = pattern.exec(line);
    // The characters before the one to escape are the same in both.
    if (found) return escapeAt(inline, found[1]?.length ?? 0);
  }
  return inline;
}

function escapeAt(text: string, at: number): string {
  return text[at] === '\\' ? text : `${text.slice(0, at)}\\${text.slice(at)}`;
}

function escaped(found: string): string {
  if (found === '<') return '&lt;';
  if (found === '://') return String.raw`:\//`;
  if (found === '--') return String.raw`-\-`;
  return found.length > 1 ? `${found.slice(0, -1)}\\.` : `\\${found}`;
}

/** Whether a character is no markup at its place, whatever stands around the text. */
function isPlain(found: string, at: number, line: string): boolean {
  const before = line[at - 1] ?? '';
  const after = line[at + 1] ?? '';
  switch (found) {
    case '*':
      return isSpace(before) && isSpace(after);
    case '_':
      return (isWord(line, at, -1) && isWord(line, at, 1)) || (isSpace(before) && isSpace(after));
    case '~':
    case '$':
      // It may open something here, but nothing can close it: that sign would stand behind a character and is escaped.
      return isSpace(before) && /[\p{L}\p{N}\s]/u.test(after);
    case '^':
      return after !== '[' && !hasOther(found, at, line);
    case '<':
      return !/[A-Za-z/!?$@]/u.test(after);
    case '&':
      return !/^&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/iu.test(line.slice(at));
    default:
      return false;
  }
}

/**
 * The places of square brackets that are no markup: pairs that are neither a link, a citation nor a note. A bracket without
 * its counterpart may find one in the text around; for Pandoc even in another paragraph.
 */
function plainBrackets(line: string): ReadonlySet<number> {
  const plain = new Set<number>();
  const open: number[] = [];
  for (const { 0: bracket, index } of line.matchAll(/[[\]]/gu)) {
    if (bracket === '[') {
      open.push(index);
      continue;
    }
    const start = open.pop();
    if (start === undefined || isBracketMarkup(line.slice(start, index + 2), start === 0)) continue;
    plain.add(start).add(index);
  }
  return plain;
}

/** @param part From the opening bracket to the character behind the closing one. */
function isBracketMarkup(part: string, isStart: boolean): boolean {
  return /^\[(?:[\^@]|-@)|\][([{:]$/u.test(part) || (isStart && /^\[[ xX]\]/u.test(part));
}

function isSpace(character: string): boolean {
  return character === ' ';
}

/** Whether the character before or after a place, which may be a pair of surrogates, is a letter or a number. */
function isWord(line: string, at: number, step: -1 | 1): boolean {
  const near = step === 1 ? line.slice(at + 1, at + 3) : line.slice(Math.max(0, at - 2), at);
  const characters = Array.from(near);
  const character = step === 1 ? characters[0] : characters.at(-1);
  return character !== undefined && wordCharacter.test(character);
}

/** Whether a sign has a counterpart: no space stands between them. */
function hasOther(sign: string, at: number, line: string): boolean {
  const start = line.lastIndexOf(' ', at) + 1;
  const end = line.indexOf(' ', at);
  const word = line.slice(start, end < 0 ? line.length : end);
  return word.indexOf(sign) !== word.lastIndexOf(sign);
}
