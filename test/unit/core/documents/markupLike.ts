import fc from 'fast-check';
import type { DocumentFormat } from '../../../../src/core/types';
import { frames } from '../../../support/hostileTexts';
import { commonPieces, markupPieces } from '../../../support/markupPieces';

const asNotebook = (source: string): string =>
  `{"cells": [{"cell_type": "markdown", "source": ["${source.replace(/[\n\r"]/g, '')}", "${source.replace(/[^\w*$]/g, '')}"]}]}`;

/** Random documents made of words and the markup of a format. */
export function markupLike(format: DocumentFormat): fc.Arbitrary<string> {
  const text = fc
    .array(fc.constantFrom(...commonPieces, ...markupPieces[format]), { maxLength: 60 })
    .map((parts) => parts.join(''));
  if (format === 'notebook') return fc.oneof(text, text.map(asNotebook));
  const [before, after] = frames[format];
  return fc.oneof(
    text,
    text.map((each) => before + each + after),
  );
}
