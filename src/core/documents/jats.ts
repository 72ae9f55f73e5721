import type { BlockParser, Cut } from './blocks';
import { cutXml, readContext } from './xmlBlocks';
import { XmlProse } from './xmlProse';

/** The start of a record in a PubMed export; every record is a block. */
const record = /<Pubmed(?:Book)?Article[\s>]/g;

/** Parser for JATS and PubMed XML. Other XML and HTML is also read, with less knowledge of its elements. */
export const jats: BlockParser = {
  cut(text) {
    const records = [...text.matchAll(record)].map((match) => match.index);
    if (records.length === 0) return cutXml(text);
    const starts = [0, ...records];
    return starts.flatMap((start, index): Cut[] => {
      const end = starts[index + 1] ?? text.length;
      return start < end ? [{ start, end, context: '' }] : [];
    });
  },

  parse(source, context, onLimit) {
    return new XmlProse(source, onLimit).read(readContext(context));
  },
};
