import { describe, expect, it } from 'vitest';
import { evidenceCsv, evidenceCsvHeader } from '../../../../src/core/curation/evidenceExport';
import { extractionCsv } from '../../../../src/core/curation/extractionTable';
import { isOwnExport } from '../../../../src/core/curation/ownExports';
import { evidenceMark, reportMark, withBibliography } from '../../../../src/core/curation/ownReport';
import { annotationCsvHead } from '../../../../src/core/exports/annotationCsv';
import { relationsTsvHeader, tsvHeader } from '../../../../src/core/exports/tsv';
import { csvLine } from '../../../../src/core/exports/csv';

describe('isOwnExport', () => {
  it.each([
    ['a table of evidence', csvLine(evidenceCsvHeader), true],
    ['an empty table of evidence, as it is saved', `\uFEFF${evidenceCsv([])}`, true],
    ['an extraction table, as it is saved', `\uFEFF${extractionCsv([], [])}`, true],
    ['a table of annotations', annotationCsvHead, true],
    ['entities of the command line', tsvHeader, true],
    ['relations of the command line', relationsTsvHeader, true],
    ['evidence in Markdown', `${evidenceMark}\n\n# Evidence`, true],
    ['evidence with a bibliography', withBibliography(`${evidenceMark}\n# Evidence`, 'refs.bib'), true],
    ['the report of a review', `${reportMark}\n# Report`, true],
    ['a table of records', 'Authors,Title,Year\n', false],
    ['a text about an export', 'The file begins with <!-- evidence from BioBERT -->.', false],
  ])('recognises %s', (_name, text, expected) => {
    expect(isOwnExport(text)).toBe(expected);
  });
});
