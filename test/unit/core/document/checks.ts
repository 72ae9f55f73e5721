import { expect } from 'vitest';
import { parseDocument } from '../../../../src/core/document/parse';
import { segmentSpan, toDocument, toProse } from '../../../../src/core/document/place';
import type { DocumentFormat, Segment } from '../../../../src/core/types';

export const formats = [
  'plain',
  'markdown',
  'latex',
  'bibtex',
  'medline',
  'ris',
  'jats',
  'notebook',
] as const satisfies readonly DocumentFormat[];

/** What a reader sees, a string a segment. */
export function proseOf(text: string, format: DocumentFormat): string[] {
  return parseDocument(text, format).segments.map((segment) => segment.text);
}

/** The document's characters for the first occurrence of `mention` in the prose. */
export function placeOf(text: string, format: DocumentFormat, mention: string): string {
  for (const segment of parseDocument(text, format).segments) {
    const at = segment.text.indexOf(mention);
    if (at < 0) continue;
    const { start, end } = toDocument(segment, at, at + mention.length);
    return text.slice(start, end);
  }
  throw new Error(`No "${mention}" in the prose`);
}

/** Fails unless the segments are what types.ts promises of them. */
export function expectSound(text: string, segments: readonly Segment[]): void {
  let passed = 0;
  for (const segment of segments) {
    expect(segment.text).toMatch(/^[^ \n\t].*[^ \n\t]$|^[^ \n\t]$/s);
    const span = segmentSpan(segment);
    expect(span.start).toBeGreaterThanOrEqual(passed);
    expect(span.end).toBeLessThanOrEqual(text.length);
    passed = span.end;
    expectSoundRuns(text, segment);
  }
}

function expectSoundRuns(text: string, segment: Segment): void {
  let prose = 0;
  let document = 0;
  for (const run of segment.runs) {
    expect(run.start).toBe(prose);
    expect(run.length).toBeGreaterThan(0);
    expect(run.documentLength).toBeGreaterThan(0);
    expect(run.documentStart).toBeGreaterThanOrEqual(document);
    prose += run.length;
    document = run.documentStart + run.documentLength;
    const start = segment.base + run.documentStart;
    const isCopy = run.length === run.documentLength && run.length > 1;
    if (isCopy) expect(text.slice(start, start + run.length)).toBe(segment.text.slice(run.start, prose));
    expect(toProse(segment, start)).toBe(run.start);
    expect(toDocument(segment, run.start, prose)).toEqual({ start, end: start + run.documentLength });
  }
  expect(segment.runs[0]?.documentStart).toBe(0);
  expect(prose).toBe(segment.text.length);
}
