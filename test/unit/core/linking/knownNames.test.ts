import { describe, expect, it } from 'vitest';
import { conceptsInText, conceptsNamed } from '../../../../src/core/linking/findConcepts';
import { conceptFinder, findKnownNames } from '../../../../src/core/linking/knownNames';
import { tinyTerminology } from '../../../support/tinyTerminology';

const terminology = tinyTerminology();
const namesIn = (text: string) =>
  findKnownNames(text, terminology).map(({ start, end, types }) => [text.slice(start, end), types[0]?.type]);

describe('names that a terminology knows', () => {
  it('are found in any spelling, inside others too', () => {
    expect(namesIn('Type II diabetes and BAY-43 9006')).toEqual([
      ['Type II diabetes', 'Disease'],
      ['BAY-43 9006', 'Chemical'],
    ]);
  });

  it('are written as the terminology writes them', () => {
    expect(namesIn('It was leptin.')).toEqual([['leptin', 'Gene']]);
    expect(namesIn('Was it WAS?')).toEqual([['WAS', 'Gene']]);
    expect(namesIn('the gene Tp53')).toEqual([['Tp53', 'Gene']]);
    // Sources begin the names of drugs and diseases with a capital letter.
    expect(namesIn('Anemia: did sorafenib cause anemia?')).toEqual([
      ['Anemia', 'Disease'],
      ['sorafenib', 'Chemical'],
      ['anemia', 'Disease'],
    ]);
  });

  it('do not cross the end of a sentence, nor begin inside a word', () => {
    expect(namesIn('a breast. Cancer')).toEqual([]);
    expect(namesIn('xleptin leptinx')).toEqual([]);
  });
});

describe('the concepts of a name', () => {
  it('are those of its type, however it is written', () => {
    const conceptsOf = conceptFinder(terminology);
    expect(conceptsOf('SORAFENIB', 'Chemical')).toHaveLength(1);
    expect(conceptsOf('sorafenib', 'Chemical')).toEqual(conceptsOf('BAY 43-9006', 'Chemical'));
    expect(conceptsOf('sorafenib', 'Gene')).toEqual([]);
    expect(conceptsOf('–', 'Chemical')).toEqual([]);
  });
});

describe('concepts', () => {
  it('are found by name, then by the beginning of a name', () => {
    const found = conceptsNamed('p53', terminology, { limit: 2 });
    expect(found).toHaveLength(2);
    expect(conceptsNamed('Nexavar', terminology, { limit: 5 })).toEqual([
      expect.objectContaining({
        id: 'MESH:D000077157',
        synonyms: ['bay43-9006', 'nexavar'],
        type: 'Chemical',
      }),
    ]);
    expect(conceptsNamed('compound 9', terminology, { limit: 50 }).map(({ name }) => name)).toHaveLength(11);
    expect(conceptsNamed('compound 9', terminology, { limit: 50, type: 'Gene' })).toEqual([]);
  });

  it('are found by identifier', () => {
    expect(conceptsNamed('MESH:D000740', terminology, { limit: 5 })[0]?.name).toBe('Anemia');
  });

  it('are found in a text, each at its place', () => {
    const text = 'Does Nexavar help in breast cancer, and was it safe?';
    const found = conceptsInText(text, terminology, { limit: 5 });
    expect(found.map(({ id, mention }) => [id, text.slice(mention?.start, mention?.end)])).toEqual([
      ['MESH:D000077157', 'Nexavar'],
      ['MESH:D001943', 'breast cancer'],
    ]);
    expect(conceptsInText(text, terminology, { limit: 1 })).toHaveLength(1);
  });
});
