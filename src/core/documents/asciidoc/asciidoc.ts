import type { BlockParser } from '../blocks';
import { proseOfLines } from '../lineProse';
import { substitutionsIn } from '../substitutions';
import { cutAsciidoc, unclosedContext } from './asciidocBlocks';
import { asciidocMasks } from './asciidocInline';

/**
 * Parser for AsciiDoc. Prose is the text of sections, lists, tables, notes and titles of blocks; listings, attributes,
 * macros, keys and comments are not.
 */
export const asciidoc: BlockParser = {
  cut: cutAsciidoc,

  parse(source, context, onLimit) {
    if (context === unclosedContext) {
      onLimit?.('unclosed');
      return [];
    }
    return proseOfLines(source, asciidocMasks(source, substitutionsIn(context)));
  },
};
