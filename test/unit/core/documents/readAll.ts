import { parseDocument } from '../../../../src/core/documents/parse';
import { splitPassages } from '../../../../src/core/questions/splitPassages';
import { findAbbreviations } from '../../../../src/core/text/abbreviations';
import { createCueFinder } from '../../../../src/core/text/cues';
import { NameFinder, nameFormOf } from '../../../../src/core/text/nameFinder';
import { splitSentences } from '../../../../src/core/text/sentences';
import { foldWhiteSpace } from '../../../../src/core/text/whiteSpace';
import type { DocumentFormat } from '../../../../src/core/types';

/** Runs everything that reads the text of a document before a model does. */
export function readAll(text: string, format: DocumentFormat): void {
  const { segments } = parseDocument(text, format);
  splitPassages(segments);
  const names = new NameFinder(['brca 1', nameFormOf('TNF-α')]);
  for (const segment of segments) {
    findAbbreviations(segment.text);
    names.find(segment.text);
    for (const { start, end } of splitSentences(segment.text)) {
      const sentence = segment.text.slice(start, end);
      foldWhiteSpace(sentence);
      createCueFinder(sentence)({ start: 0, end: 1 }, { start: sentence.length - 1, end: sentence.length });
    }
  }
}
