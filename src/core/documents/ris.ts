import type { BlockParser } from './blocks';
import { cutRecords, parseRecord, type TaggedFormat } from './taggedFields';

/** RIS, the exchange format of reference managers. Titles, abstracts and keywords are read. */
const format: TaggedFormat = {
  line: /^\uFEFF?([A-Z][A-Z0-9]) {2}-(?: |$)/,
  proseTags: new Set(['TI', 'T1', 'TT', 'BT', 'CT', 'AB', 'N2', 'KW']),
  lists: new Set(['KW']),
  firstTags: new Set(['TY']),
};

export const ris: BlockParser = {
  cut: (text) => cutRecords(text, format),
  parse: (source) => parseRecord(source, format),
};
