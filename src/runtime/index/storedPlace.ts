import type { ProseRun, TextPassage } from '../../core/types';
import type { IndexedPassage } from '../../protocol/indexMessages';

/** A passage without its text, in a compact form: places are the largest part of an index. */
type StoredPlace = readonly [
  start: number,
  end: number,
  base: number,
  runs: readonly number[],
  sentences: readonly number[],
  lines: readonly number[],
];

/** The place of a passage as the database keeps it. */
export function encodePlace({ passage, sentenceLines }: IndexedPassage): string {
  const { start, end, base, runs, sentences } = passage;
  const place = [
    start,
    end,
    base,
    runs.flatMap((run) => [run.start, run.length, run.documentStart, run.documentLength]),
    sentences.flatMap((span) => [span.start, span.end]),
    sentenceLines,
  ];
  return JSON.stringify(place);
}

/** A passage without its publication. Inverse of {@link encodePlace}. */
export function decodePlace(place: string, text: string): IndexedPassage {
  const [start, end, base, runs, sentences, lines] = JSON.parse(place) as StoredPlace;
  const passage: TextPassage = {
    start,
    end,
    text,
    base,
    runs: chunks(runs, 4).map(([from = 0, length = 0, documentStart = 0, documentLength = 0]): ProseRun => ({
      start: from,
      length,
      documentStart,
      documentLength,
    })),
    sentences: chunks(sentences, 2).map(([from = 0, to = 0]) => ({ start: from, end: to })),
  };
  return { passage, sentenceLines: lines };
}

function chunks(numbers: readonly number[], size: number): number[][] {
  const found: number[][] = [];
  for (let at = 0; at < numbers.length; at += size) found.push(numbers.slice(at, at + size));
  return found;
}
