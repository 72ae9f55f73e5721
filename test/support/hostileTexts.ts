/**
 * Documents that try to make a parser slow: a few pieces of markup, repeated many times. Slow parsers have been found by
 * hand this way; here the pieces are chosen at random.
 */
import fc from 'fast-check';
import type { DocumentFormat } from '../../src/core/types';
import { commonPieces, formats, markupPieces } from './markupPieces';

/** A text that can be made at any size. */
export interface GrowingDocument {
  readonly format: DocumentFormat;
  /** The text with `count` repetitions. */
  readonly textOf: (count: number) => string;
  /** Shows how the text is made, in messages of tests. */
  readonly toString: () => string;
}

/** How a unit is repeated. In `numbered` texts, each `#` of the unit is the number of the repetition. */
const shapes = {
  repeated: (unit, _close, count) => unit.repeat(count),
  nested: (unit, close, count) => `${unit.repeat(count)}BRCA1${close.repeat(count)}`,
  numbered: (unit, close, count) =>
    Array.from({ length: count }, (_, i) => `${unit}${close}`.replaceAll('#', String(i))).join(''),
} satisfies Readonly<Record<string, (unit: string, close: string, count: number) => string>>;

/** Units whose repetitions have a number, so that all differ. */
const numberedUnits = [
  '[a#]: b\n',
  '[a#]',
  '[^a#]: b\n\n',
  '[^a#] ',
  '\\newcommand{\\x#}{y}',
  '&a#;',
  '@a{b#, ',
];

/** Pieces of prose that the stages after the parser look at: sentences, abbreviations, cues and names. */
const prosePieces = [
  'alpha',
  'not ',
  ', which ',
  '(',
  ')',
  '. A',
  'et al. ',
  '!',
  '"',
  '(AB) ',
  'Copyright ',
];

/** The markup in which prose is found, and text that the hostile part is put into. */
export const frames: Readonly<Record<DocumentFormat, readonly [before: string, after: string]>> = {
  plain: ['', ''],
  markdown: ['', ''],
  latex: ['\\begin{document}\n', '\n\\end{document}'],
  bibtex: ['@article{key,\n title = {', '}}\n'],
  medline: ['PMID- 1\nTI  - ', '\n'],
  ris: ['TY  - JOUR\nAB  - ', '\nER  - \n'],
  jats: ['<article><body><sec><p>', '</p></sec></body></article>'],
  notebook: ['', ''],
  wos: ['PT J\nAB ', '\nER\n'],
  endnote: ['%0 Journal Article\n%X ', '\n'],
  'pubmed-text': ['1. J X. 2020;1:2.\n\nTitle.\n\nKras A(1).\n\n', '\n\nPMID: 7\n'],
  table: ['Title,Abstract,Year\nA,"', '",2020\n'],
  'csl-json': ['[{"title": "', '"}]'],
  cord19: ['{"paper_id": "a", "body_text": [{"text": "', '"}]}'],
  'xml-records': ['<xml><records><record><abstract>', '</abstract></record></records></xml>'],
  paper: ['', ''],
  typst: ['#figure(caption: [', '])\n'],
  restructuredtext: ['.. note:: ', '\n'],
  asciidoc: ['|===\n|', '\n|===\n'],
  org: ['* Heading\n', '\n'],
};

/** Texts of one format that grow with the number of repetitions. */
export function growingDocuments(format: DocumentFormat): fc.Arbitrary<GrowingDocument> {
  const piece = fc.constantFrom(...commonPieces, ...markupPieces[format], ...prosePieces, ...numberedUnits);
  const few = (maxLength: number, minLength = 0) =>
    fc.array(piece, { minLength, maxLength }).map((parts) => parts.join(''));
  return fc
    .record({
      prefix: few(2),
      unit: few(3, 1),
      close: few(2),
      suffix: few(2),
      shape: fc.constantFrom(...(Object.keys(shapes) as (keyof typeof shapes)[])),
      isFramed: fc.boolean(),
    })
    .map(({ prefix, unit, close, suffix, shape, isFramed }) => {
      const [before, after] = isFramed ? frames[format] : ['', ''];
      const inner = (count: number) => `${prefix}${shapes[shape](unit, close, count)}${suffix}`;
      return {
        format,
        textOf: (count) =>
          format === 'notebook' && isFramed ? notebookOf(inner(count)) : `${before}${inner(count)}${after}`,
        toString: () => `${format} ${shape} ${JSON.stringify({ prefix, unit, close, suffix, isFramed })}`,
      };
    });
}

/** A notebook with one Markdown cell. */
export function notebookOf(markdown: string): string {
  return JSON.stringify({ cells: [{ cell_type: 'markdown', source: markdown }] });
}

/** The number of repetitions for which a text has at least `length` characters. */
export function countFor({ textOf }: GrowingDocument, length: number): number {
  const perUnit = Math.max(1, (textOf(20).length - textOf(10).length) / 10);
  return Math.max(1, Math.ceil(length / perUnit));
}

/**
 * A document for a soak test.
 *
 * @param seed The same seed gives the same document.
 * @param length About the length of the text, in characters.
 * @example
 * const { text, format } = hostileDocument(7);
 */
export function hostileDocument(
  seed: number,
  length = 100_000,
): { readonly text: string; readonly format: DocumentFormat } {
  const documents = fc.constantFrom(...formats).chain(growingDocuments);
  const [document] = fc.sample(documents, { seed, numRuns: 1 });
  if (!document) throw new Error('fast-check gave no document');
  return { text: document.textOf(countFor(document, length)), format: document.format };
}
