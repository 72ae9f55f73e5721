import { describe, expect, it } from 'vitest';
import {
  bibliographyMark,
  evidenceMark,
  isOwnBibliography,
  isOwnReport,
  reportMark,
  withBibliography,
} from '../../../../src/core/curation/ownReport';

describe('files of this program', () => {
  it.each([
    evidenceMark,
    reportMark,
    bibliographyMark,
    withBibliography(`${evidenceMark}\n\n# E\n`, 'e.bib'),
  ])('are recognised: %#', (text) => {
    expect(isOwnReport(`${text}\nText\n`)).toBe(true);
  });

  it('are not files of the user', () => {
    for (const text of [
      '',
      '# Evidence',
      '---\ntitle: Evidence\n---\n',
      '% references',
      ' % references from BioBERT',
    ])
      expect(isOwnReport(text)).toBe(false);
    expect(isOwnBibliography(evidenceMark)).toBe(false);
    expect(isOwnBibliography(bibliographyMark)).toBe(true);
  });

  it('name their bibliography where Pandoc looks for it', () => {
    const markdown = withBibliography(`${evidenceMark}\n\n# Evidence\n`, 'my "evidence".bib');
    expect(markdown).toBe(
      '---\n# evidence from BioBERT\nbibliography: "my \\"evidence\\".bib"\n---\n\n\n# Evidence\n',
    );
  });
});
