import type { Span } from '../types';
import type { BlockParser } from './blocks';
import { cutRecords, parseRecord, type TaggedFormat } from './taggedFields';

/**
 * MEDLINE as PubMed exports it (`.nbib`, "PubMed format"): titles, abstracts, the authors' keywords and the MeSH
 * headings. The fields are described at https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
 */
const format: TaggedFormat = {
  line: /^([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$)/,
  proseTags: new Set(['TI', 'AB', 'OAB', 'TT', 'BTI', 'CTI', 'OT', 'MH', 'GN']),
  firstTags: new Set(['PMID']),
  parts: (tag, value) => (tag === 'MH' || tag === 'OT' ? [heading(value)] : undefined),
};

export const medline: BlockParser = {
  cut: (text) => cutRecords(text, format),
  parse: (source) => parseRecord(source, format),
};

/**
 * The span of a heading without the asterisk of a major topic and without its qualifiers: `*Breast
 * Neoplasms/*genetics`.
 */
function heading(value: string): Span {
  const start = value.startsWith('*') ? 1 : 0;
  const slash = value.indexOf('/');
  return { start, end: slash < 0 ? value.length : Math.max(start, slash) };
}
