import { greek } from '../symbols';

const signs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    times: '×',
    dot: '·',
    pm: '±',
    'plus.minus': '±',
    'lt.eq': '≤',
    'gt.eq': '≥',
    approx: '≈',
    degree: '°',
    'arrow.r': '→',
    prime: '′',
    infinity: '∞',
    percent: '%',
    minus: '−',
    plus: '+',
  }),
);
const fonts = new Set(['upright', 'italic', 'bold', 'serif', 'sans', 'mono', 'text', 'op']);
const shorthands: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '->': '→', '!=': '≠' };
const token = /"((?:[^"\\]|\\[^])*)"|[a-zA-Z]{2,}(?:\.[a-zA-Z]+)*|<=|>=|->|!=|\s+|\\[^]|[^]/gu;

const maxSourceLength = 160;
const maxProseLength = 24;

/** The character that a symbol of Typst stands for: `alpha` is α. */
export function typstSymbol(name: string): string | undefined {
  return greek.get(name.replace(/\.alt$/, '')) ?? signs.get(name);
}

/**
 * The text of a formula of Typst that is part of a word or sentence (`alpha` → α, `"Ca"^(2+)` → Ca2+). Returns `undefined`
 * for real mathematics, which is not prose.
 */
export function simpleTypstMath(source: string): string | undefined {
  if (source.length > maxSourceLength) return undefined;
  let prose = '';
  for (const match of source.matchAll(token)) {
    const [found, quoted] = match;
    const character = quoted ?? shorthands[found] ?? characterOf(found);
    if (character === undefined) return undefined;
    prose += character;
  }
  prose = prose.replace(/\s+/g, ' ').replace(/[()]/g, '').trim();
  return prose === '' || prose.length > maxProseLength ? undefined : prose;
}

function characterOf(found: string): string | undefined {
  if (/^\s/.test(found)) return ' ';
  if (/^[a-zA-Z]{2}/.test(found)) return typstSymbol(found) ?? (fonts.has(found) ? '' : undefined);
  if (found.startsWith('\\')) return found.slice(1);
  if (found === '^' || found === '_') return '';
  return /^[\p{L}\p{N}+\-−–.,()[\]'′=<>≤≥:;*|°%±×·]$/u.test(found) ? found : undefined;
}
