import { describe, expect, it } from 'vitest';
import { completedFrom } from '../../../../src/core/review/completeRecord';
import { kaplan, reviewRecord } from './reviews';

describe('a record that is completed from copies', () => {
  it('gets what it does not state, and keeps what it states', () => {
    const copy = reviewRecord('copy', {
      title: 'Another title',
      authors: ['Kaplan A'],
      year: 2018,
      volume: '46',
      issue: '3',
      pages: '210-8',
      doi: '10.1/kaplan',
      pmid: '99',
      keywords: ['Aspirin'],
    });
    expect(completedFrom(kaplan, [copy])).toEqual({
      ...kaplan,
      volume: '46',
      issue: '3',
      pages: '210-8',
      doi: '10.1/kaplan',
      keywords: ['Aspirin'],
    });
  });

  it('takes the first copy that states a field, and the authors of one that names them', () => {
    const copies = [
      { authors: [], keywords: [], types: [], pages: '' },
      { authors: ['Ito B'], keywords: [], types: [], pages: '5' },
      { authors: ['Chen L'], keywords: [], types: [], pages: '6' },
    ];
    const completed = completedFrom({ ...kaplan, authors: [] }, copies);
    expect([completed.authors, completed.pages]).toEqual([['Ito B'], '5']);
  });

  it('has no pages of another volume', () => {
    const copy = { ...kaplan, volume: '7', pages: '1-2', pmcid: 'PMC1' };
    expect(completedFrom({ ...kaplan, volume: '6' }, [copy])).toEqual({
      ...kaplan,
      volume: '6',
      pmcid: 'PMC1',
    });
  });
});
