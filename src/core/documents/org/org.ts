import type { BlockParser } from '../blocks';
import { proseOfLines } from '../lineProse';
import { cutOrg, unclosedContext } from './orgBlocks';
import { orgMasks } from './orgInline';

/**
 * Parser for Org. Prose is the text of headings, paragraphs, lists, tables, notes and captions; blocks of code, drawers,
 * keywords, keys and comments are not.
 */
export const org: BlockParser = {
  cut: cutOrg,

  parse(source, context, onLimit) {
    const { masks, isUnclosed } = orgMasks(context === unclosedContext ? '' : source);
    if (isUnclosed || context === unclosedContext) onLimit?.('unclosed');
    return context === unclosedContext ? [] : proseOfLines(source, masks);
  },
};
