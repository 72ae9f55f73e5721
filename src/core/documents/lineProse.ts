import type { Segment } from '../types';
import { linesOf, Segments } from './blocks';
import { SegmentBuilder, type Mask } from './segmentBuilder';

/**
 * The segment of a block of lines.
 * @param masks The markup inside the lines.
 * @param marksOf Length of the marks at the beginning of a line. Default: its white space.
 */
export function proseOfLines(
  source: string,
  masks: readonly Mask[],
  marksOf: (line: string, index: number) => number = (line) => /^[ \t]*/.exec(line)?.[0].length ?? 0,
): Segment[] {
  const segments = new Segments(new SegmentBuilder(source, masks));
  let index = 0;
  for (const { start, end } of linesOf(source)) {
    if (index > 0) segments.builder.space(start - 1, start);
    segments.builder.prose(start + marksOf(source.slice(start, end), index), end);
    index += 1;
  }
  return segments.finish();
}
