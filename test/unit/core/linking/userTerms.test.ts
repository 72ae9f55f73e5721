import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typeNamed } from '../../../../src/core/entities/entityTypes';
import { maxUserTerms, parseUserTerms } from '../../../../src/core/linking/userTerms';

const parse = (text: string) => parseUserTerms(text, typeNamed);

const drug = { name: 'compound 7', id: 'LAB:7', type: 'Chemical' };
const gene = { name: 'orphX', id: 'x', type: 'Gene' };

describe('a file of terms', () => {
  it.each([
    ['without a header', 'compound 7\tLAB:7\tChemical\norphX\tx\tGene\n'],
    ['with a header', 'name\tid\ttype\ncompound 7\tLAB:7\tChemical\norphX\tx\tGene\n'],
    [
      'with CRLF and a byte order mark',
      '\uFEFFName\tID\tType\r\ncompound 7\tLAB:7\tChemical\r\norphX\tx\tGene\r\n',
    ],
    ['with the line ends of old spreadsheets', 'compound 7\tLAB:7\tChemical\rorphX\tx\tGene'],
    ['with other columns', 'type\tnote\tid\tname\nChemical\told\tLAB:7\tcompound 7\nGene\t\tx\torphX'],
    ['with a further column', 'compound 7\tLAB:7\tChemical\tsince 2021\norphX\tx\tGene\t\n'],
    [
      'with comments, blank lines and blanks',
      '# ours\n\n \t\t\ncompound 7 \t LAB:7\tChemical \n  # x\norphX\tx\tGene',
    ],
    [
      'with types in any letter case or under other names',
      'compound 7\tLAB:7\tCHEMICAL\norphX\tx\tprotein\n',
    ],
    ['with a term twice', 'compound 7\tLAB:7\tChemical\norphX\tx\tGene\ncompound 7\tLAB:7\tdrug\n'],
  ])('%s is read', (_, text) => {
    expect(parse(text)).toEqual({ terms: [drug, gene], problems: [] });
  });

  it('has no terms if it is empty', () => {
    expect(parse('')).toEqual({ terms: [], problems: [] });
    expect(parse('name\tid\ttype\n# none yet\n')).toEqual({ terms: [], problems: [] });
  });

  it('keeps quotation marks, commas and all terms of a name', () => {
    const { terms } = parse(`"quoted"\t5'-id\tGene\na, b\tL,1\tGene\na, b\tL:2\tGene\n`);
    expect(terms.map(({ name, id }) => [name, id])).toEqual([
      ['"quoted"', "5'-id"],
      ['a, b', 'L,1'],
      ['a, b', 'L:2'],
    ]);
  });

  it.each([
    ['orphX', /no identifier and no type\. Write .* tabs/],
    ['orphX\t\tGene', /no identifier\./],
    ['\tx\tGene', /no name\./],
    ['orphX\tx', /no type\./],
    ['orphX, x, Gene', /no identifier and no type/],
    ['orphX\tx\tOrgan', /type "Organ" is not known/],
    ['orphX\tx\tconstructor', /type "constructor" is not known/],
    ['--\tx\tGene', /no letter and no digit/],
    [`${'a'.repeat(501)}\tx\tGene`, /name has more than 500 characters/],
    [`a\t${'x'.repeat(501)}\tGene`, /identifier has more than 500 characters/],
  ])('reports the line %j, and reads the others', (line, message) => {
    const { terms, problems } = parse(`# terms\ncompound 7\tLAB:7\tChemical\n${line}\norphX\tx\tGene\n`);
    expect(terms).toEqual([drug, gene]);
    expect(problems).toEqual([{ line: 3, message: expect.stringMatching(message) as string }]);
  });

  it('reports a header that lacks a column as a line', () => {
    expect(parse('name\tid\norphX\tx\tGene\n')).toEqual({
      terms: [gene],
      problems: [{ line: 1, message: expect.stringContaining('no type') as string }],
    });
  });

  it('may have as many terms as documented, and is refused with more', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => `term ${index}\tL:${index}\tGene\n`).join('');
    expect(parse(lines(maxUserTerms)).terms).toHaveLength(maxUserTerms);
    expect(parse(lines(maxUserTerms + 1))).toEqual({
      terms: [],
      problems: [
        { line: maxUserTerms + 1, message: expect.stringContaining('more than 20,000 terms') as string },
      ],
    });
  });

  it('loses no line, whatever it contains', () => {
    const piece = fc.constantFrom('a', 'Gene', 'L:1', '\t', '"', '#', ' ', '\u2028', '😀', 'name', '\0');
    fc.assert(
      fc.property(fc.array(fc.array(piece).map((parts) => parts.join(''))), (lines) => {
        const { terms, problems } = parse(['id\tname\ttype', ...lines].join('\n'));
        const written = lines.filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
        expect(problems.length + terms.length).toBeLessThanOrEqual(written.length);
        expect(problems.length > 0 || terms.length > 0).toBe(written.length > 0);
        for (const { line } of problems) expect(written).toContain(lines[line - 2]);
      }),
    );
  });
});
