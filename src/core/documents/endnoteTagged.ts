import { withoutQualifiers } from './keywords';
import { recordsFrom, taggedParser } from './taggedRecords';

const line = /^\uFEFF?%([0-9A-Z@!#$&?[\]()<>~*+^=>])(?: |$)/;

/**
 * The tagged format of EndNote (`.enw`), which extends that of refer(1): a percent sign, a character and a blank. Titles,
 * abstracts, keywords and notes are read.
 */
export const endnoteTagged = taggedParser({
  line: () => line,
  kinds: {
    T: 'title',
    Q: 'otherTitle',
    X: 'abstract',
    K: 'keyword',
    Z: 'note',
    A: 'author',
    D: 'date',
    '8': 'date',
    J: 'journal',
    B: 'journal',
    V: 'volume',
    N: 'issue',
    P: 'pages',
    R: 'doi',
    M: 'id',
    F: 'id',
    '2': 'pmcid',
    '0': 'type',
    '~': 'database',
    U: 'url',
  },
  lists: new Set(['K', 'A']),
  continuesAfterBlank: true,
  records: (lines) => recordsFrom(lines, '0'),
  values: (tag, value) => (tag === 'K' ? [withoutQualifiers(value)] : undefined),
});
