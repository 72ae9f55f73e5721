import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../src/core/documents/format';
import { isPublished } from '../../../../src/core/records/published';

describe('isPublished', () => {
  it.each(['refs.bib', 'pubmed.nbib', 'export.ris', 'savedrecs.ciw', 'paper.pdf', 'library.enw'])(
    'is true for %s',
    (fileName) => expect(isPublished(fileName, formatOf({ fileName }))).toBe(true),
  );

  it.each(['notes.md', 'draft.tex', 'ideas.txt', 'review.docx', 'thesis.typ', 'run.ipynb'])(
    'is false for %s',
    (fileName) => expect(isPublished(fileName, formatOf({ fileName }))).toBe(false),
  );

  it('is true for a text file that holds a record', () => {
    expect(isPublished('abstracts.txt', 'plain', 'Kaplan 2019, Title')).toBe(true);
  });

  it.each(['out.html', 'page.htm', 'page.XHTML'])(
    'is true for %s only if it names a publication',
    (fileName) => {
      const format = formatOf({ fileName });
      expect(isPublished(fileName, format)).toBe(false);
      expect(isPublished(fileName, format, 'Zinc 2021, Niacin in gout')).toBe(true);
    },
  );

  it('is false for a Word file, whatever its title', () => {
    expect(isPublished('my-review.docx', 'paper', 'My Review')).toBe(false);
  });
});
