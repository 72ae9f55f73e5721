import { heading } from './keywords';
import { recordsFrom, taggedParser } from './taggedRecords';

const line = /^\uFEFF?([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$)/;

/**
 * MEDLINE as PubMed exports it (`.nbib`, "PubMed format"): titles, abstracts, the authors' keywords and the MeSH
 * headings. The fields are described at https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
 */
export const medline = taggedParser({
  line: () => line,
  kinds: {
    TI: 'title',
    AB: 'abstract',
    OAB: 'abstract',
    TT: 'otherTitle',
    BTI: 'otherTitle',
    CTI: 'otherTitle',
    OT: 'keyword',
    MH: 'keyword',
    GN: 'note',
    FAU: 'author',
    AU: 'author',
    DP: 'date',
    JT: 'journal',
    TA: 'journal',
    VI: 'volume',
    IP: 'issue',
    PG: 'pages',
    LID: 'doi',
    AID: 'doi',
    PMID: 'pmid',
    PMC: 'pmcid',
    PT: 'type',
  },
  lists: new Set(),
  continuesAfterBlank: false,
  records: (lines) => recordsFrom(lines, 'PMID'),
  values: (tag, value) => (tag === 'MH' || tag === 'OT' ? [heading(value)] : undefined),
});
