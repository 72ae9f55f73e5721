import { greek, signs } from './symbols';

/** Commands that only select a font or a size; their argument follows in braces. */
const fonts = new Set(
  (
    'mathrm mathit mathbf mathsf mathtt mathnormal text textrm textit textbf textsf textnormal textup rm it bf sf ' +
    'mbox operatorname boldsymbol bm emph ce textsubscript textsuperscript ensuremath left right mathregular upshape'
  ).split(' '),
);
const blanks = new Set([',', ';', ':', ' ', 'quad', 'qquad', 'enspace', 'thinspace', 'space', '>']);
const plainCharacters = /^[\p{L}\p{N}+\-−–.,/()[\]'′=<>≤≥:;*|°~%±×·α-ωΑ-Ω\s]$/u;

const maxSourceLength = 160;
const maxProseLength = 24;

/**
 * The text of a formula that is part of a word or sentence: Greek letters, sub- and superscripts, numbers (`\alpha` →
 * α, `Ca^{2+}` → Ca2+, `p < 0.05`). Returns `undefined` for real mathematics, which is not prose.
 */
export function simpleMath(source: string): string | undefined {
  if (source.length > maxSourceLength) return undefined;
  let prose = '';
  for (const [token] of source.matchAll(/\\[a-zA-Z]+\*?|\\[^]?|\s+|[^]/gu)) {
    const replacement = readToken(token);
    if (replacement === undefined) return undefined;
    prose += replacement;
  }
  prose = prose.replace(/\s+/g, ' ').trim();
  return prose === '' || prose.length > maxProseLength ? undefined : prose;
}

function readToken(token: string): string | undefined {
  if (/^[{}^_$]$/.test(token)) return '';
  if (token === '~') return ' ';
  if (!token.startsWith('\\'))
    return token.length > 1 && token.trim() === '' ? ' ' : plainCharacters.test(token) ? token : undefined;
  const name = token.slice(1);
  const letter = greek.get(name.replace(/^text(?=[a-z])/, '')) ?? signs.get(name);
  if (letter !== undefined) return letter;
  if (fonts.has(name) || name === '!' || name === '/') return '';
  if (blanks.has(name)) return ' ';
  return /^[%&#_$]$/.test(name) ? name : undefined;
}
