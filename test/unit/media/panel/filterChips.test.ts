import { describe, expect, it } from 'vitest';
import { filterChips } from '../../../../media/panel/filterChips';
import { defaultOptions, noFilters, type ListOptions } from '../../../../media/panel/listOptions';
import { Words } from '../../../../media/panel/words';
import { panelWords } from '../../../../src/editor/panel/panelWords';

const words = new Words(panelWords(), 'en');
const names = new Map([
  ['Chemical\nMESH:D1', { key: '', type: 'Chemical', label: 'sorafenib', others: [], searchText: '' }],
]);
const known = { names, papers: new Map([['file:///a.ris\nKaplan 2019, Trial', 'Kaplan 2019, Trial']]) };
const chipsOf = (change: Partial<ListOptions>) => filterChips({ ...defaultOptions, ...change }, known, words);
const labels = (change: Partial<ListOptions>) => chipsOf(change).map(({ label }) => label);

const everyFilter: Partial<ListOptions> = {
  entity: 'Chemical\nMESH:D1',
  entityType: 'Gene',
  type: 'negative_correlation',
  statement: 'against',
  minProbability: 0.7,
  paper: 'file:///a.ris\nKaplan 2019, Trial',
  yearFrom: 1998,
  yearTo: 2004,
  withoutDrafts: true,
};

describe('filterChips', () => {
  it('names every active filter', () => {
    expect(labels(everyFilter)).toEqual([
      'sorafenib',
      'Gene',
      'negative correlation',
      'Against',
      'At least 70 %',
      'Kaplan 2019, Trial',
      '1998–2004',
      'Without my drafts',
    ]);
  });

  it('removes each filter alone, and all together leave none', () => {
    const chips = chipsOf(everyFilter);
    for (const { label, without } of chips)
      expect(labels({ ...everyFilter, ...without })).toEqual(
        chips.map((chip) => chip.label).filter((each) => each !== label),
      );
    expect(Object.assign({}, ...chips.map(({ without }) => without))).toEqual(noFilters);
  });

  it('are none for text, order and grouping', () => {
    expect(labels({ text: 'egfr', sort: 'type', isGrouped: false, withTentative: true })).toEqual([]);
  });

  it.each([
    [{ yearFrom: 1998 }, 'since 1998'],
    [{ yearTo: 1998 }, 'until 1998'],
    [{ yearFrom: 2004, yearTo: 1998 }, '1998–2004'],
    [{ yearFrom: 2004, yearTo: 2004 }, '2004'],
    [{ entity: 'Gene\nNCBIGene:673' }, 'NCBIGene:673'],
    [{ paper: 'file:///papers/b.md' }, 'b.md'],
    [{ paper: 'file:///b.ris\nLee 2020, Other' }, 'Lee 2020, Other'],
  ])('names %j also if the list does not have it', (change, label) => {
    expect(labels(change)).toEqual([label]);
  });
});
