import { describe, expect, it } from 'vitest';
import { placeOf, proseOf } from './checks';

const copied = `Downloaded from https://journals.example.net by guest on 1 June 2020
Patients took hydroxychloro-
quine or mycopheno-
late. Levels of IFN-
γ and IL-
10 fell in the EGFR-
mutant group, and the ben-

17 of 23                                             OKAFOR ET AL.

efit lasted; the ﬁbrosis did not.`;

describe('plain text that was copied from a PDF', () => {
  it('is read with its words and sentences whole, and without the heads of pages', () => {
    expect(proseOf(copied, 'plain')).toEqual([
      'Patients took hydroxychloroquine or mycophenolate. Levels of IFN-γ and IL-10 fell in the EGFR-mutant group, and the benefit lasted; the fibrosis did not.',
    ]);
  });

  it('maps a mended word to the place of both its parts', () => {
    expect(placeOf(copied, 'plain', 'hydroxychloroquine')).toBe('hydroxychloro-\nquine');
    expect(placeOf(copied, 'plain', 'IFN-γ')).toBe('IFN-\nγ');
    expect(placeOf(copied, 'plain', 'fibrosis')).toBe('ﬁbrosis');
  });

  it('reads Windows line ends the same way', () => {
    expect(proseOf(copied.replaceAll('\n', '\r\n'), 'plain')).toEqual(proseOf(copied, 'plain'));
  });

  it.each<[name: string, text: string, prose: string[]]>([
    [
      'a list with hyphens',
      'Drugs:\n- aspirin -\n- statins\n- none',
      ['Drugs:', '- aspirin -', '- statins', '- none'],
    ],
    [
      'a line that ends within a compound',
      'We used a low-\ncost kit, which worked in all of the samples that we had.',
      ['We used a low-cost kit, which worked in all of the samples that we had.'],
    ],
    ['a range of pages', 'See pages 3-\n5 for it.', ['See pages 3-5 for it.']],
    ['numbers in lines of their own', 'Dose:\n\n20\n\nThe end.', ['Dose:', '20', 'The end.']],
  ])('is not confused with %s', (_, text, prose) => {
    expect(proseOf(text, 'plain')).toEqual(prose);
  });
});
