import type { DocumentFormat } from '../types';
import { isTable } from './tableLayout';
import { vocabularyOf } from './xmlVocabularies';

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Tests of the first characters of a document, whose line breaks are line feeds. The first that holds decides. */
const tests: readonly (readonly [DocumentFormat, (head: string) => boolean])[] = [
  ['medline', (head) => /^PMID- {0,3}\d/m.test(head)],
  [
    'ris',
    (head) => /^TY {1,2}- {0,3}[A-Z]{2,10}\s*$/m.test(head) || count(head, /^[A-Z][A-Z0-9] {2}- /gm) > 2,
  ],
  [
    'wos',
    (head) =>
      /^FN (?:Clarivate|Thomson|ISI)/m.test(head) ||
      (/^PT [A-Z]\s*$/m.test(head) && /^(?:AU|TI|SO) \S/m.test(head)),
  ],
  ['endnote', (head) => /^%0 [A-Z]/m.test(head) && /^%[A-Z] \S/m.test(head)],
  [
    'pubmed-text',
    // A list of references begins in the same way, but has none of these lines.
    (head) =>
      /^\s*1\. [^\n]{2,300}\. (?:19|20)\d\d\b/.test(head) &&
      /^(?:Author information:|PMID: \d|PMCID: PMC\d|DOI: 10\.)/m.test(head),
  ],
  [
    'xml-records',
    (head) => /^\s*</.test(head) && ['endnote', 'europe-pmc'].includes(vocabularyOf(head) ?? ''),
  ],
  [
    'jats',
    (head) =>
      /^\s*(?:<\?xml\b|<!DOCTYPE\b|<(?:article|PubmedArticleSet|PubmedArticle|pmc-articleset|responseWrapper|html)\b)/i.test(
        head,
      ),
  ],
  ['cord19', (head) => /^\s*\{/.test(head) && /"paper_id"\s*:/.test(head)],
  [
    'csl-json',
    (head) =>
      /^\s*(?:\[\s*\{|\{)/.test(head) &&
      /"title"\s*:/.test(head) &&
      (/"(?:container-title|issued|author|authors|abstract|DOI|doi)"\s*:/.test(head) ||
        // Types of CSL that hardly any other JSON uses.
        /"type"\s*:\s*"(?:article(?:-\w+)?|book|chapter|paper-conference|thesis|webpage)"/.test(head)),
  ],
  ['bibtex', (head) => /^(?:\s*%[^\n]*\n)*\s*@[a-z]+\s*[{(]\s*[^\s,{}()"]+\s*[,=]/i.test(head)],
  ['table', isTable],
];

/**
 * Recognises an export of a database or reference manager by its content. Returns undefined for another text.
 * @param head The first characters of the document.
 */
export function recognisedFormat(head: string): DocumentFormat | undefined {
  const text = head.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return tests.find(([, holds]) => holds(text))?.[0];
}
