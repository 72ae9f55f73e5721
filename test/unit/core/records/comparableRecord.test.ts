import { describe, expect, it } from 'vitest';
import { comparableRecord, doiForm, pageForm } from '../../../../src/core/records/comparableRecord';

describe('pages', () => {
  it.each([
    ['1032-8', '1032', '1038'],
    ['1032–1038', '1032', '1038'],
    ['pp. 101--9', '101', '109'],
    ['e12', 'e12', undefined],
    ['S334', 's334', undefined],
    ['A254-A255', 'a254', 'a255'],
    ['01-Oct', '1', '10'],
    ['21-Aug', '21', '28'],
    ['0045', '45', undefined],
    ['6305735 (no pagination)', '6305735', undefined],
    ['658-+', '658', undefined],
  ])('%s begin at %s and end at %s', (pages, first, last) => {
    expect(pageForm(pages)).toEqual({ first, last });
  });

  it.each(['(no pagination)', 'in press', '-'])('are unknown in %s', (pages) => {
    expect(pageForm(pages)).toBeUndefined();
  });
});

describe('a DOI', () => {
  it.each([
    ['https://doi.org/10.1000/ABC', '10.1000/abc'],
    ['doi:10.1000/abc.', '10.1000/abc'],
    ['10.1000/abc/full', '10.1000/abc'],
    ['10.1016/S0735-1097%2813%2962048-3', '10.1016/s0735-1097(13)62048-3'],
    [
      '10.1002/(SICI)1097(1999)85:7&lt;15::AID-Z&gt;3.0.CO;2-G',
      '10.1002/(sici)1097(1999)85:7<15::aid-z>3.0.co;2-g',
    ],
    ['10.1892/0891-6640(2002)016', undefined],
    ['10.1000/%E0%A4%A', '10.1000/%e0%a4%a'],
    ['none', undefined],
  ])('%s is compared as %s', (doi, expected) => {
    expect(doiForm(doi)).toBe(expected);
  });
});

describe('a record in the form in which it is compared', () => {
  it('has neither initials nor fields without letters and digits', () => {
    const record = {
      id: 'a',
      title: '-',
      authors: ['van der Müller, A. B.', 'Gold C'],
      volume: '38 (Suppl 1)',
    };
    const form = comparableRecord({ ...record, pages: '--', keywords: [], types: [] });
    expect(form).toMatchObject({ title: undefined, pages: undefined, volume: '38', firstAuthor: 'muller' });
    expect([...form.authors]).toEqual(['van', 'der', 'muller', 'gold']);
  });
});
