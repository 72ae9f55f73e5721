import { describe, expect, it } from 'vitest';
import { downloadName } from '../../../../src/editor/review/downloadRecords';

const source = { name: 'PubMed', format: { extension: 'nbib', head: '', separator: '', tail: '' } };

describe('downloadName', () => {
  it('is the same for the same search, so that an interrupted download goes on', () => {
    expect(downloadName(source, 'Gout AND "niacin"[tiab]')).toBe('pubmed-gout-and-niacin-tiab.nbib');
  });

  it('differs between long searches that begin alike', () => {
    const words = 'metformin AND adenoma AND '.repeat(5);
    const names = [`${words} trial`, `${words} cohort`].map((search) => downloadName(source, search));
    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => name.length < 90)).toBe(true);
  });

  it('has nothing in it that leaves the folder', () => {
    expect(downloadName(source, '../../etc/passwd')).toBe('pubmed-etc-passwd.nbib');
  });
});
