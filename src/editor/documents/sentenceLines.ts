import type { TextPassage } from '../../core/types';

/** @param lineAt Asked in rising order: passages come in document order. */
export function sentenceLines(passage: TextPassage, lineAt: (offset: number) => number): readonly number[] {
  return passage.sentences.map(({ start }) => lineAt(documentOffset(passage, start)));
}

/** Where a character of the passage stands in the document; its run's start where the run is markup. */
function documentOffset({ base, runs, start }: TextPassage, offset: number): number {
  const run = runs.findLast((each) => each.start <= offset);
  if (!run) return start;
  const inside = run.length === run.documentLength ? offset - run.start : 0;
  return base + run.documentStart + inside;
}
