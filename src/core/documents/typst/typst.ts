import { Segments, type BlockParser, type Cut } from '../blocks';
import { addressMasks } from '../masks';
import { SegmentBuilder } from '../segmentBuilder';
import { TypstProse } from './typstProse';

/**
 * Parser for Typst. Content in brackets is prose, wherever it is: in the text, in the arguments of functions and in
 * definitions. Code, strings, labels and displayed formulas are not.
 */
export const typst: BlockParser = {
  cut(text) {
    const cuts: Cut[] = [];
    let start = 0;
    const cutAt = (at: number): void => {
      if (at > start) cuts.push({ start, end: at, context: '' });
      start = at;
    };
    new TypstProse(text, new Segments(new SegmentBuilder('')), { onBreak: cutAt }).read();
    cutAt(text.length);
    return cuts;
  },

  parse(source, _context, onLimit = () => undefined) {
    const segments = new Segments(new SegmentBuilder(source, addressMasks(source)));
    new TypstProse(source, segments, { onLimit }).read();
    return segments.finish();
  },
};
