import type { TextPassage } from '../types';

/**
 * Returns the line of each sentence of a passage.
 *
 * @param lineAt Returns the line of an offset; see `lineCounter`. It is called with rising offsets.
 */
export function sentenceLines(passage: TextPassage, lineAt: (offset: number) => number): readonly number[] {
  return passage.sentences.map(({ start }) => lineAt(documentOffset(passage, start)));
}

/** Converts an offset in the passage to one in the document. For a run of markup it is the start of the run. */
function documentOffset({ base, runs, start }: TextPassage, offset: number): number {
  const run = runs.findLast((each) => each.start <= offset);
  if (!run) return start;
  const inside = run.length === run.documentLength ? offset - run.start : 0;
  return base + run.documentStart + inside;
}
