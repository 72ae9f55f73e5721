import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundNames } from '../../../../src/core/entities/nameBounds';

/** The names that are made of those marked `«…»` in a sentence. */
function bound(marked: string, type = 'Chemical'): string[] {
  const text = marked.replace(/[«»]/g, '');
  const found: { start: number; end: number; type: string; probability: number }[] = [];
  let start = 0;
  let marks = 0;
  for (const match of marked.matchAll(/[«»]/g)) {
    const at = match.index - marks;
    marks += 1;
    if (match[0] === '«') start = at;
    else found.push({ start, end: at, type, probability: 0.9 });
  }
  return boundNames(found, text).map((span) => text.slice(span.start, span.end));
}

describe('boundNames', () => {
  it.each([
    ['a «-» and a «(» and «, ;» here', []],
    ['two «–»', []],
    ['«folate and» zinc «or iron», «the zinc of the»', ['folate', 'iron', 'zinc']],
    ['«zinc and iron» and «vitamin A»', ['zinc and iron', 'vitamin A']],
    ['«folate,» and «zinc;»', ['folate', 'zinc']],
    ['the «estrogen-» and progesterone', ['estrogen']],
    ['the «“folate”» and «"zinc» here', ['folate', 'zinc']],
    ['«zinc/» or «/iron»', ['zinc', 'iron']],
    ['receptors («NOD1, 2)» fell', ['NOD1, 2']],
    ['receptors («NOD1») fell', ['NOD1']],
    ['a drug («folate» and «zinc)»', ['folate', 'zinc']],
    ['(also «(zinc» here', ['zinc']],
    ['«folate (vitamin» B9) rose', ['folate']],
    ['«zinc (Zn» and iron', ['zinc']],
    ['the («EPO) receptor» fell', ['receptor']],
    ['an «acid) of zinc oxide» here', ['zinc oxide']],
    ['labels «4d» and «4d–f» and «12a»', []],
  ] as const)('cuts the names in %s', (marked, names) => {
    expect(bound(marked)).toEqual(names);
  });

  it.each([
    ['«poly(glutamic acid») film', ['poly(glutamic acid)']],
    ['«Mg(OH»)2 was', ['Mg(OH)2']],
    ['«tris(2-chloro»ethyl) phosphate', ['tris(2-chloroethyl)']],
    ['tris(«2-chloroethyl) phosphate» here', ['tris(2-chloroethyl) phosphate']],
    ['«tris»«(2-chloroethyl) phosphate» here', ['tris(2-chloroethyl) phosphate']],
    ['[«14C]glucose» was', ['[14C]glucose']],
    ['«Mg2»+ and «K»+ and «Mg2»+b', ['Mg2+', 'K+', 'Mg2']],
  ] as const)('completes the names in %s', (marked, names) => {
    expect(bound(marked)).toEqual(names);
  });

  it.each([
    'Na+',
    'Cl-',
    'HCO3-',
    'O2•−',
    'poly(A)',
    '(2R,3S)-2-(3,4-dichlorophenyl)butanoic acid',
    '[3H]leucine',
    'Mg2+',
    'Δ8-THC',
    "2',3'-dideoxyinosine",
    "5'",
    'MPP+',
    '3TC',
    'C60',
    '[Fe(CN)6]',
    'N,N-diethylaniline',
    '(±)-ketamine',
  ])('keeps %s', (name) => {
    expect(bound(`the «${name}» rose`)).toEqual([name]);
  });

  it.each(['HLA-C*07', 'IL-7Rα', 'Ins(1,4,5)P3 receptor', '4a', 'CD3+'])('keeps the gene %s', (name) => {
    expect(bound(`the «${name}» rose`, 'Gene')).toEqual([name]);
  });

  it('does not join a name with an improbable one', () => {
    const text = 'tris(2-chloroethyl)';
    const found = [
      { start: 0, end: 4, type: 'Chemical', probability: 0.9 },
      { start: 4, end: 19, type: 'Chemical', probability: 0.1 },
    ];
    expect(boundNames(found, text)).toEqual(found);
  });

  it('does not grow over the next name', () => {
    expect(bound('«Mg(OH»«)2» was')).toEqual(['Mg', '2']);
    expect(bound('«Mg2»«+ channel» was')).toEqual(['Mg2', '+ channel']);
  });

  it('gives names of balanced brackets, sorted and without overlaps, for any text', () => {
    const character = fc.constantFrom(...'ab1([{)]} ,-+/«»'.split(/(?:)/u));
    fc.assert(
      fc.property(fc.array(character, { maxLength: 40 }), (characters) => {
        const marked = characters.join('');
        const text = marked.replace(/[«»]/g, '');
        const found = [...marked.matchAll(/«([^«»]+)»/g)].map(({ index, 1: inner = '' }) => {
          const start = marked.slice(0, index).replace(/[«»]/g, '').length;
          return { start, end: start + inner.length, type: 'Gene', probability: 0.5 };
        });
        let last = 0;
        for (const { start, end } of boundNames(found, text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toMatch(/[ab1]/);
          expect(isBalanced(text.slice(start, end))).toBe(true);
          last = end;
        }
      }),
    );
  });
});

function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const character of text) {
    const at = '([{'.indexOf(character);
    if (at >= 0) open.push(')]}'.charAt(at));
    else if (')]}'.includes(character) && open.pop() !== character) return false;
  }
  return open.length === 0;
}
