import { describe, expect, it } from 'vitest';
import { downloadName } from '../../../../src/editor/review/downloadRecords';

const source = { name: 'PubMed', format: { extension: 'nbib', head: '', separator: '', tail: '' } };

describe('downloadName', () => {
  it('is the same for the same search, so that an interrupted download goes on', () => {
    expect(downloadName(source, 'gout AND niacin')).toBe('pubmed-gout-and-niacin.nbib');
    expect(downloadName(source, 'gout[tiab]')).toBe(downloadName(source, 'gout[tiab]'));
  });

  it.each([
    ['(a OR b) AND c', 'a OR (b AND c)'],
    ['"heart attack"', 'heart attack'],
    ['statin*', 'statin'],
  ])('differs between %s and %s', (one, other) => {
    expect(downloadName(source, one)).not.toBe(downloadName(source, other));
  });

  it('differs between long searches that begin alike', () => {
    const words = 'metformin AND adenoma AND '.repeat(5);
    const names = [`${words} trial`, `${words} cohort`].map((search) => downloadName(source, search));
    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => name.length < 90)).toBe(true);
  });

  it('has nothing in it that leaves the folder', () => {
    expect(downloadName(source, '../../etc/passwd')).toMatch(/^pubmed-etc-passwd-\w+\.nbib$/);
  });
});
