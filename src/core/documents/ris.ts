import { recordsBetween, taggedParser } from './taggedRecords';
import { withoutQualifiers } from './keywords';

/** Context of a file with one blank after each tag, as Embase and some converters write it. */
const oneBlank = 'one blank';

const regular = /^\uFEFF?([A-Z][A-Z0-9])(?: {2}-| (?=- *$)-) ?/;
const loose = /^\uFEFF?([A-Z][A-Z0-9]) {0,2}-(?: |$)/;

/**
 * RIS, the exchange format of reference managers. Titles, abstracts and keywords are read. `TY` need not be the first tag
 * of a record, and lines between `ER` and the next tag are not read: some databases write the search history there.
 */
export const ris = taggedParser({
  line: (context) => (context === oneBlank ? loose : regular),
  contextOf: (text) => (/^\uFEFF?(?:TY|ER) {2}-/m.test(text.replace(/\r/g, '\n')) ? '' : oneBlank),
  kinds: {
    TI: 'title',
    T1: 'title',
    TT: 'otherTitle',
    BT: 'otherTitle',
    CT: 'otherTitle',
    AB: 'abstract',
    N2: 'abstract',
    KW: 'keyword',
    AU: 'author',
    A1: 'author',
    PY: 'date',
    Y1: 'date',
    DA: 'date',
    JO: 'journal',
    JF: 'journal',
    T2: 'journal',
    JA: 'journal',
    J2: 'journal',
    VL: 'volume',
    IS: 'issue',
    SP: 'pages',
    EP: 'pages',
    C7: 'pages',
    DO: 'doi',
    AN: 'id',
    ID: 'id',
    TY: 'type',
    M3: 'type',
    DB: 'database',
    DP: 'database',
    UR: 'url',
  },
  lists: new Set(['KW', 'AU', 'A1']),
  continuesAfterBlank: true,
  records: (lines) => recordsBetween(lines, { first: 'TY', last: 'ER' }),
  values: (tag, value) => (tag === 'KW' ? [withoutQualifiers(value)] : undefined),
});
