import { describe, expect, it } from 'vitest';
import {
  canonicalKeys,
  definitionAt,
  findVariants,
  groupByName,
  nameKey,
  variantsOf,
} from '../../../../src/core/text/mentions';
import type { Abbreviation, Entity } from '../../../../src/core/types';

const at = { start: 0, end: 0 };
const abbreviation = (shortText: string, longText: string): Abbreviation => ({
  short: at,
  long: at,
  shortText,
  longText,
});
const entity = (name: string, type = 'Gene'): Entity => ({ ...at, text: name, name, type, probability: 1 });

describe('nameKey', () => {
  it.each([
    ['BRCA1', 'Brca-1'],
    ['TNF-α', 'TNF alpha'],
    ['TNF-α', 'TNFalpha'],
    ['NF-κB', 'NF-kappaB'],
    ['interleukin 6', 'Interleukin-6'],
    ['antibody', 'antibodies'],
    ['carcinoma', 'Carcinomas'],
    ["Alzheimer's disease", 'Alzheimer disease'],
    ['Sjögren syndrome', 'Sjogren syndrome'],
    ['µ-opioid receptor', 'mu opioid receptors'],
    ['ErbB2', 'Erb\u200CB\u200D2\u202C'],
    ['fibrillin', '\uFB01brillin'],
    ['EGF', '\u{1D404}\u{1D406}\u{1D405}'],
    ['IL\u22122', 'IL\uFF0D2'],
  ])('gives %j and %j the same key', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each([
    ['IL-1 2', 'IL-12'],
    ['BRCA1', 'BRCA2'],
    ['AIDS', 'aid'],
    ['lupus', 'lupu'],
    ['alpha', 'beta'],
  ])('gives %j and %j different keys', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });
});

describe('findVariants', () => {
  const find = (text: string, ...names: string[]) =>
    findVariants(text, names).map(({ start, end }) => text.slice(start, end));

  it.each([
    ['BRCA1', 'BRCA1, brca-1 and BRCA 1, not BRCA12, XBRCA1 or BRCA2', ['BRCA1', 'brca-1', 'BRCA 1']],
    ['TNF-α', 'TNF-alpha, TNFα, tnf alpha and TNF', ['TNF-alpha', 'TNFα', 'tnf alpha']],
    ['interleukin-6', 'Interleukin 6\nand interleukin\n6', ['Interleukin 6', 'interleukin\n6']],
    ['antibody', 'Antibodies to an antibody', ['Antibodies', 'antibody']],
    [
      "Alzheimer's disease",
      'Alzheimer disease, Alzheimer’s disease',
      ['Alzheimer disease', 'Alzheimer’s disease'],
    ],
    ['CAT', 'CAT is no cat, but CATs are', ['CAT', 'CATs']],
    ['IL-2', 'IL-2Rα, IL-2 and IL-21', ['IL-2']],
    ['C++', 'C++ and c++', ['C++', 'c++']],
    ['a.b', 'a.b axb', ['a.b']],
  ])('finds %j', (name, text, expected) => {
    expect(find(text, name)).toEqual(expected);
  });

  it('prefers the longer of two variants at one place', () => {
    expect(find('breast cancer and cancer', 'cancer', 'breast cancer')).toEqual(['breast cancer', 'cancer']);
  });

  it.each([[[]], [['']], [[' - ']]])('finds nothing for %j', (names) => {
    expect(findVariants('some - text', names)).toEqual([]);
  });
});

describe('variantsOf', () => {
  const abbreviations = [
    abbreviation('BC', 'breast cancer'),
    abbreviation('BCs', 'breast cancers'),
    abbreviation('EGFR', 'epidermal growth factor receptor'),
  ];

  it('adds the long form of a short one and the short form of a long one', () => {
    expect(variantsOf('BC', abbreviations)).toEqual(['BC', 'breast cancer']);
    expect(variantsOf('Epidermal growth factor receptors', abbreviations)).toEqual([
      'Epidermal growth factor receptors',
      'EGFR',
    ]);
  });

  it('returns only the name if it has no abbreviation', () => {
    expect(variantsOf('BRCA1', abbreviations)).toEqual(['BRCA1']);
  });

  it('uses the definition nearest before the mention', () => {
    const twice = [
      { ...abbreviation('MM', 'malignant melanoma'), short: { start: 50, end: 52 } },
      { ...abbreviation('MM', 'motor memory'), short: { start: 10, end: 12 } },
    ];
    const longFormAt = (offset?: number) => variantsOf('MM', twice, offset)[1];
    expect([undefined, 3, 10, 49].map(longFormAt)).toEqual(Array(4).fill('motor memory'));
    expect([50, 99].map(longFormAt)).toEqual(Array(2).fill('malignant melanoma'));
    expect(variantsOf('malignant melanoma', twice)).toEqual(['malignant melanoma', 'MM']);
  });
});

describe('canonicalKeys', () => {
  it('finds the meaning of a short form in logarithmic time', () => {
    const definitions = Array.from({ length: 100_000 }, (_, i) => ({
      ...abbreviation('AB', `alpha b${i % 2}`),
      short: { start: i, end: i + 2 },
    }));
    const canonical = canonicalKeys(definitions, (name) => name);
    const keys = definitions.map((_, i) => canonical('AB', i));
    expect(keys).toEqual(definitions.map(({ longText }) => longText));
  });
});

describe('definitionAt', () => {
  it.each([
    [undefined, 5],
    [4, 5],
    [5, 5],
    [8, 5],
    [9, 9],
  ])('at %s is the definition at %i', (offset, expected) => {
    const definitions = [9, 5].map((start) => ({ short: { start, end: start + 1 } }));
    expect(definitionAt(definitions, offset)?.short.start).toBe(expected);
  });

  it('is undefined without definitions', () => {
    const none: readonly Abbreviation[] = [];
    expect(definitionAt(none, 3)).toBeUndefined();
  });
});

describe('groupByName', () => {
  it('groups spellings, plurals and abbreviations by type, in order of first mention', () => {
    const mentions = [
      entity('Breast cancer', 'Disease'),
      entity('BRCA1'),
      entity('BC', 'Disease'),
      entity('Brca-1'),
      entity('BC', 'Disease'),
      entity('TP53'),
    ];
    const groups = groupByName(mentions, [abbreviation('BC', 'breast cancer')]);
    const summary = [...groups].map(([type, names]) => [type, names.map((n) => [n.name, n.mentions.length])]);
    expect(summary).toEqual([
      ['Disease', [['BC', 3]]],
      [
        'Gene',
        [
          ['BRCA1', 2],
          ['TP53', 1],
        ],
      ],
    ]);
  });

  it('splits a short form that is defined twice by place, and keeps a general word apart', () => {
    const text = 'motor (MM) MM malignant melanoma (MM) MM melanoma';
    const mentions = ['MM', 'MM', 'malignant melanoma', 'MM', 'MM', 'melanoma'].reduce<Entity[]>(
      (found, name) => {
        const start = text.indexOf(name, found.at(-1)?.end ?? 0);
        return [...found, { ...entity(name, 'Disease'), start, end: start + name.length }];
      },
      [],
    );
    const definitions = [
      { ...abbreviation('MM', 'motor memory'), short: { start: 7, end: 9 } },
      { ...abbreviation('MM', 'malignant melanoma'), short: { start: 34, end: 36 } },
    ];
    const names = groupByName(mentions, definitions).get('Disease') ?? [];
    expect(names.map(({ key, mentions: own }) => [key, own.length])).toEqual([
      ['motormemory', 2],
      ['malignantmelanoma', 3],
      ['melanoma', 1],
    ]);
  });

  it('separates entities with the same name and different types', () => {
    expect([...groupByName([entity('insulin'), entity('insulin', 'Chemical')], []).keys()]).toEqual([
      'Gene',
      'Chemical',
    ]);
  });

  it('accepts names that are also object properties', () => {
    const groups = groupByName([entity('constructor'), entity('__proto__')], []);
    expect(groups.get('Gene')?.map(({ name }) => name)).toEqual(['constructor', '__proto__']);
  });
});
