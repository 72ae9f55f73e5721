import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Terminology } from '../../../../src/core/linking/terminology';
import { findTerms } from '../../../../src/core/linking/termMatches';
import { termKey } from '../../../../src/core/linking/termKey';
import { tinyTerminology, tinyTerminologyBytes } from '../../../support/tinyTerminology';

const terminology = tinyTerminology();
const idsOf = (name: string) =>
  terminology.lookUp(termKey(name)).map(({ concept }) => terminology.conceptAt(concept).id);

describe('a terminology', () => {
  it('finds every name in each spelling', () => {
    expect(idsOf('bay43-9006')).toEqual(['MESH:D000077157']);
    expect(idsOf('Mice')).toEqual(['NCBITaxon:10090']);
    for (let i = 0; i < 100; i += 1) expect(idsOf(`compound-${i}`)).toEqual([`MESH:C${i}`]);
    expect(idsOf('compound 100')).toEqual([]);
    expect(idsOf('')).toEqual([]);
    expect(idsOf('zzz')).toEqual([]);
  });

  it('has no names in alphabets that come after all of its keys', () => {
    for (const name of ['מחקר', 'المرضى', '糖尿病']) {
      expect(idsOf(name)).toEqual([]);
      expect(terminology.hasPrefix(termKey(name))).toBe(false);
      expect([...terminology.keysFrom(termKey(name))]).toEqual([]);
    }
    expect(findTerms('מחקר: p53 דוח', terminology)).toMatchObject([{ start: 6, end: 9 }]);
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (noise) => {
        const text = `${noise} p53 ${noise}`;
        for (const { start, end, senses } of findTerms(text, terminology)) {
          expect(start).toBeLessThan(end);
          expect(senses).not.toEqual([]);
        }
        expect(findTerms(text, terminology).some(({ start }) => start === noise.length + 1)).toBe(true);
      }),
    );
  });

  it('lists the preferred name first', () => {
    expect(idsOf('p53').toSorted()).toEqual(['NCBIGene:22059', 'NCBIGene:24842', 'NCBIGene:7157']);
    expect(idsOf('TP53')[0]).toMatch(/NCBIGene:(?:7157|24842)/);
  });

  it('knows the species and the source of a gene', () => {
    const index = terminology.indexOf('NCBIGene:22059', 'Gene');
    const concept = terminology.conceptAt(index ?? -1);
    expect(terminology.describe(concept)).toEqual({
      id: 'NCBIGene:22059',
      name: 'Trp53',
      source: 'NCBI Gene',
      species: 'mouse',
    });
    expect(terminology.indexOf('NCBIGene:22059', 'Disease')).toBeUndefined();
  });

  it('tells whether a name begins with a text', () => {
    expect(terminology.hasPrefix('sora')).toBe(true);
    expect(terminology.hasPrefix('sorb')).toBe(false);
    expect([...terminology.keysFrom('compound9')]).toHaveLength(11);
  });

  it('lists the names of concepts', () => {
    const index = terminology.indexOf('MESH:D000077157', 'Chemical') ?? -1;
    const names = ['bay43-9006', 'nexavar', 'sorafenib'];
    expect(terminology.namesOf([index], 10).get(index)).toEqual(names);
    expect(terminology.namesOf([index], 10).get(index)).toEqual(names);
  });

  it('refuses bytes of other files, and a file that is cut off', () => {
    const bytes = tinyTerminologyBytes();
    expect(() => Terminology.open(Buffer.from('model'))).toThrow('The terminology is damaged');
    expect(() => Terminology.open(bytes.subarray(0, bytes.length - 1))).toThrow('incomplete');
    const header = Buffer.from(bytes);
    header.fill(0, 20, 40);
    expect(() => Terminology.open(header)).toThrow('header');
  });
});
