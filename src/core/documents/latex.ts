import { Segments, type BlockParser } from './blocks';
import { cutLatex, macrosIn, preambleContext, unexpandedContext } from './latexBlocks';
import { LatexProse } from './latexProse';
import { latexTokens } from './latexTokens';
import { addressMasks } from './masks';
import { SegmentBuilder } from './segmentBuilder';

export const latex: BlockParser = {
  cut: cutLatex,

  parse(source, context, onLimit) {
    if (context === unexpandedContext) onLimit?.('macros');
    const isPreamble = context === preambleContext;
    const segments = new Segments(new SegmentBuilder(source, addressMasks(source)));
    const macros = isPreamble ? new Map<string, string>() : macrosIn(context);
    const reader = new LatexProse(source, latexTokens(source), segments, macros);
    if (isPreamble) reader.readTitles();
    else reader.read();
    return segments.finish();
  },
};

/**
 * Reads `[start, end)` of `source` as LaTeX without comments and macros. Used for fields of BibTeX, where `%` is a
 * percent sign.
 */
export function readLatexField(segments: Segments, source: string, start: number, end: number): void {
  const field = source.slice(start, end);
  new LatexProse(source, latexTokens(field, false), segments, new Map(), start).read();
}
