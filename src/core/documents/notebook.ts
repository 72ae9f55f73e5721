import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Segment } from '../types';
import type { BlockParser, Cut } from './blocks';
import { readJsonString } from './jsonStrings';
import { markdown } from './markdown';
import { compose } from './place';
import { parseOrPlain } from './plain';
import { SegmentBuilder } from './segmentBuilder';

/** Parser for Jupyter notebooks. It reads the Markdown cells, which JSON stores as a string or a list of strings. */
export const notebook: BlockParser = {
  cut(text) {
    const tree = parseTree(text, [], { allowTrailingComma: true });
    const cells =
      tree && (findNodeAtLocation(tree, ['cells']) ?? findNodeAtLocation(tree, ['worksheets', 0, 'cells']));
    return (cells?.children ?? []).flatMap((cell): Cut[] => {
      const type: unknown = findNodeAtLocation(cell, ['cell_type'])?.value;
      const source = type === 'markdown' ? findNodeAtLocation(cell, ['source']) : undefined;
      return source ? [{ start: source.offset, end: source.offset + source.length, context: '' }] : [];
    });
  },

  parse(source, _context, onLimit) {
    const tree = parseTree(source);
    const cell = tree && decoded(source, tree);
    if (!cell) return [];
    return markdown
      .cut(cell.text)
      .flatMap((cut) =>
        parseOrPlain(markdown, cell.text.slice(cut.start, cut.end), cut.context, onLimit).map((segment) =>
          compose({ ...segment, base: segment.base + cut.start }, cell),
        ),
      );
  },
};

/** The text of the JSON strings, with the place of each character in the source. */
function decoded(source: string, tree: Node): Segment | undefined {
  const builder = new SegmentBuilder(source);
  const strings = tree.type === 'array' ? (tree.children ?? []) : [tree];
  for (const { type, offset, length } of strings) {
    if (type !== 'string') continue;
    const end = offset + length - (source.charAt(offset + length - 1) === '"' && length > 1 ? 1 : 0);
    readJsonString(
      source,
      { start: offset + 1, end },
      {
        text: (from, to) => {
          builder.copy(from, to);
        },
        escape: (character, from, to) => {
          builder.replace(character, from, to);
        },
      },
    );
  }
  return builder.flush();
}
