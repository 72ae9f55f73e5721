import { itemsOf } from './keywords';
import { recordsBetween, taggedParser } from './taggedRecords';

const line = /^\uFEFF?([A-Z][A-Z0-9])(?: |$)/;
const keywordTags = new Set(['DE', 'ID', 'MH']);

/**
 * The tagged format of Web of Science (`.ciw`, "Plain text file"): a tag of two characters and a blank; lines that begin
 * with three blanks continue the field. Titles, abstracts and both kinds of keywords are read. The tags are described at
 * https://webofscience.help.clarivate.com/en-us/Content/wos-core-collection/woscc-field-tags.html.
 */
export const wos = taggedParser({
  line: () => line,
  kinds: {
    TI: 'title',
    AB: 'abstract',
    DE: 'keyword',
    ID: 'keyword',
    MH: 'keyword',
    FT: 'otherTitle',
    AU: 'author',
    PY: 'date',
    SO: 'journal',
    VL: 'volume',
    IS: 'issue',
    BP: 'pages',
    EP: 'pages',
    DI: 'doi',
    PM: 'pmid',
    UT: 'id',
    DT: 'type',
    UR: 'url',
  },
  lists: new Set(['AU']),
  continuesAfterBlank: true,
  records: (lines) =>
    recordsBetween(lines, { first: 'PT', last: 'ER', ignored: new Set(['FN', 'VR', 'EF']) }),
  values: (tag, value) => (keywordTags.has(tag) ? itemsOf(value) : undefined),
});
