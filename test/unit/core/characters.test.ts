import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainCharacters, typedName, withoutInvisible } from '../../../src/core/characters';

describe('plainCharacters', () => {
  it.each([
    [
      'ligatures',
      'in\uFB02ammatory \uFB01brin, e\uFB00ector, o\uFB03cial, ba\uFB04e',
      'inflammatory fibrin, effector, official, baffle',
    ],
    [
      'letters of formulas',
      '\u{1D6FC}-synuclein, \u{1D404}\u{1D406}\u{1D405}, \u210B',
      'α-synuclein, EGF, H',
    ],
    ['full-width letters', '\uFF25\uFF27\uFF26\uFF0D\uFF12', 'EGF-2'],
    ['subscripts', 'C\u2086H\u2081\u2082O\u2086, IC\u2085\u2080', 'C6H12O6, IC50'],
    [
      'charges',
      'Mg\u00B2\u207A, Cl\u207B, SO\u2084\u00B2\u207B, CD3\u207A cells',
      'Mg2+, Cl-, SO42-, CD3+ cells',
    ],
    ['isotopes', '[\u00B9\u2074C]glucose and \u00B3H', '[14C]glucose and 3H'],
    ['Greek symbols', '\u03D5X174, \u03F5', 'φX174, ε'],
  ])('reads %s', (_, text, expected) => {
    expect(plainCharacters(text)).toBe(expected);
  });

  it.each([
    'Myc\u00B2 and Max\u00B3',
    '10\u207B\u2076 m\u00B2 s\u207B\u00B9',
    'Drug\u2122, caf\u00E9, \u00BD, \u00B5g',
    '中文，（a）',
  ])('leaves references, exponents and other characters: %j', (text) => {
    expect(plainCharacters(text)).toBe(text);
  });

  it('reads long runs of superscripts in linear time', () => {
    const text = '\u00B2'.repeat(200_000);
    expect(plainCharacters(text)).toBe(text);
  });
});

describe('withoutInvisible', () => {
  it.each(
    Array.from(
      '\u00AD\u034F\u061C\u200B\u200C\u200D\u200E\u200F\u202A\u202E\u2060\u2061\u2064\u2066\u2069\uFE0E\uFE0F\uFEFF',
    ),
  )('removes %j', (character) => {
    expect(withoutInvisible(`${character}JA${character}K2${character}`)).toBe('JAK2');
  });

  it('removes tags and selectors beyond the basic plane', () => {
    expect(withoutInvisible('JAK\u{E0041}2\u{E0100}')).toBe('JAK2');
  });
});

describe('typedName', () => {
  it.each([
    ['IL\u20112', 'IL-2'],
    ['IL\u22122', 'IL-2'],
    ['Stevens\u2013Johnson syndrome', 'Stevens-Johnson syndrome'],
    ['Behc\u0327et disease', 'Behçet disease'],
    ['\u00B5-conotoxin', 'μ-conotoxin'],
    ['\u212Bngstr\u00F6m', 'Ångström'],
    ['breast\u2028 \u0085\tcancer', 'breast cancer'],
    ['breast \n cancer', 'breast cancer'],
    ['JA\u200DK2', 'JAK2'],
  ])('%j is typed %j', (text, expected) => {
    expect(typedName(text)).toBe(expected);
  });

  it('does not change its own result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typedName(typedName(text))).toBe(typedName(text));
      }),
    );
  });
});
