import { describe, expect, it } from 'vitest';
import { fullTextFile } from '../../../../src/core/review/fullTextNames';
import { reviewRecord } from '../../../support/smallReview';

const record = reviewRecord('a', {
  title: 'Metformin before surgery in women with breast cancer',
  doi: '10.1000/jco.2019.001',
  pmid: '31000001',
  pmcid: 'PMC700',
  key: 'Kaplan2019',
});

describe('the file of a record', () => {
  it.each([
    'papers/kaplan2019.pdf',
    '10.1000_jco.2019.001.pdf',
    'x/PMID31000001.md',
    'pmc700.pdf',
    'Metformin before surgery women breast cancer (2019).pdf',
  ])('is found by its name: %s', (file) => {
    expect(fullTextFile(record, ['notes.md', file, 'metformin surgery.pdf'])).toBe(file);
  });

  it.each([
    'kaplan2019b.pdf',
    '131000001.pdf',
    '10.1000_jco.2019.0012.pdf',
    'breast cancer.pdf',
    'pmc7001.pdf',
  ])('is not taken for one with a similar name: %s', (file) => {
    expect(fullTextFile(record, [file])).toBeUndefined();
  });

  it('is the one with the citation key rather than one with the same title', () => {
    const files = ['metformin before surgery women breast cancer.pdf', 'Kaplan2019.md'];
    expect(fullTextFile(record, files)).toBe('Kaplan2019.md');
    expect(fullTextFile(reviewRecord('b', { title: undefined }), files)).toBeUndefined();
  });
});
