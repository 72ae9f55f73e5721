import { expect } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { segmentSpan, toDocument, toProse } from '../../../../src/core/documents/place';
import type { DocumentFormat, Segment } from '../../../../src/core/types';

export { formats } from '../../../support/markupPieces';

/** The text of each segment. */
export function proseOf(text: string, format: DocumentFormat): string[] {
  return parseDocument(text, format).segments.map((segment) => segment.text);
}

/** The characters of the document for the first occurrence of `mention` in the prose. */
export function placeOf(text: string, format: DocumentFormat, mention: string): string {
  for (const segment of parseDocument(text, format).segments) {
    const at = segment.text.indexOf(mention);
    if (at < 0) continue;
    const { start, end } = toDocument(segment, at, at + mention.length);
    return text.slice(start, end);
  }
  throw new Error(`No "${mention}" in the prose`);
}

/** Fails unless the segments have the properties that types.ts documents. */
export function expectSound(text: string, segments: readonly Segment[]): void {
  let passed = 0;
  for (const segment of segments) {
    const span = segmentSpan(segment);
    const isInPlace = span.start >= passed && span.end <= text.length;
    if (!isInPlace) expect.fail(`Segment at ${span.start}-${span.end} after ${passed} of ${text.length}`);
    if (segment.text.trim() === '' || /^[ \n\t]|[ \n\t]$/.test(segment.text))
      expect.fail('White space around a segment');
    passed = span.end;
    expectSoundRuns(text, segment);
  }
}

function expectSoundRuns(text: string, segment: Segment): void {
  let prose = 0;
  let document = 0;
  for (const run of segment.runs) {
    const follows = run.start === prose && run.documentStart >= document;
    if (!follows || run.length < 1 || run.documentLength < 1)
      expect.fail(`Run ${JSON.stringify(run)} after ${prose}, ${document}`);
    prose += run.length;
    document = run.documentStart + run.documentLength;
    const start = segment.base + run.documentStart;
    const source = text.slice(start, start + run.documentLength);
    // One character may stand for another, like a space for a line break.
    const isCopy = run.length === run.documentLength && run.length > 1;
    if (isCopy && source !== segment.text.slice(run.start, prose))
      expect.fail(`Run ${JSON.stringify(run)} is no copy`);
    const span = toDocument(segment, run.start, prose);
    const isPlaced = span.start === start && span.end === start + run.documentLength;
    if (!isPlaced || toProse(segment, start) !== run.start)
      expect.fail(`Run ${JSON.stringify(run)} is misplaced`);
  }
  if (prose !== segment.text.length || segment.runs[0]?.documentStart !== 0)
    expect.fail('Runs do not cover the text');
}
