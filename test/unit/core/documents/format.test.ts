import { describe, expect, it } from 'vitest';
import { formatOf, type DocumentHints } from '../../../../src/core/documents/format';
import type { DocumentFormat } from '../../../../src/core/types';

describe('the format of a document', () => {
  it.each<[DocumentHints, DocumentFormat]>([
    [{ languageId: 'markdown', fileName: 'a.txt' }, 'markdown'],
    [{ languageId: 'latex' }, 'latex'],
    [{ languageId: 'tex' }, 'latex'],
    [{ languageId: 'bibtex' }, 'bibtex'],
    [{ languageId: 'medline' }, 'medline'],
    [{ languageId: 'ris' }, 'ris'],
    [{ languageId: 'xml' }, 'jats'],
    [{ languageId: 'jupyter' }, 'notebook'],
    [{ languageId: 'typst' }, 'typst'],
    [{ languageId: 'restructuredtext' }, 'restructuredtext'],
    [{ fileName: 'a.typ' }, 'typst'],
    [{ fileName: 'a.rst' }, 'restructuredtext'],
    [{ fileName: 'a.adoc' }, 'asciidoc'],
    [{ fileName: 'a.org' }, 'org'],
    [{ languageId: 'plaintext', fileName: '/a/b.nbib' }, 'medline'],
    [{ languageId: 'json', fileName: 'C:\\notes\\A.IPYNB' }, 'notebook'],
    [{ fileName: 'paper.nxml' }, 'jats'],
    [{ fileName: 'a.b/c.tex' }, 'latex'],
    [{ fileName: '.md' }, 'plain'],
    [{ fileName: 'a.b/README' }, 'plain'],
    [{ languageId: 'plaintext', fileName: 'x.txt', head: '\nPMID- 123\nTI  - A' }, 'medline'],
    [{ fileName: 'x.txt', head: '\uFEFFTY  - JOUR\n' }, 'ris'],
    [{ fileName: 'x.txt', head: '<?xml version="1.0"?>' }, 'jats'],
    [{ fileName: 'x.txt', head: '<PubmedArticleSet>' }, 'jats'],
    [{ fileName: 'x.txt', head: '% refs\n@article{smith2019,\n' }, 'bibtex'],
    [{ fileName: 'x.txt', head: '@smith wrote to {me}' }, 'plain'],
    [{ fileName: 'x.txt', head: 'The gene TP53' }, 'plain'],
    [{ languageId: 'plaintext' }, 'plain'],
    [{ languageId: 'constructor', fileName: 'x.toString' }, 'plain'],
    [{}, 'plain'],
  ])('is recognised from %j: %s', (hints, format) => {
    expect(formatOf(hints)).toBe(format);
  });
});
