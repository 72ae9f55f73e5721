import type { PrismaColumn, PrismaCounts } from '../../../../src/core/review/prisma';
import type { PrismaWords } from '../../../../src/core/review/prismaDiagram';

/** The words of the official diagram. */
export const words: PrismaWords = {
  stages: ['Identification', 'Screening', 'Included'],
  viaDatabases: 'Identification of studies via databases and registers',
  viaOthers: 'Identification of studies via other methods',
  identified: 'Records identified from:',
  databases: 'Databases',
  registers: 'Registers',
  removed: 'Records removed before screening:',
  duplicates: 'Duplicate records removed',
  automation: 'Records marked as ineligible by automation tools',
  otherReasons: 'Records removed for other reasons',
  screened: 'Records screened',
  unscreened: 'Records not yet screened',
  excluded: 'Records excluded',
  sought: 'Reports sought for retrieval',
  notRetrieved: 'Reports not retrieved',
  assessed: 'Reports assessed for eligibility',
  unassessed: 'Reports not yet assessed',
  excludedReports: 'Reports excluded:',
  noReason: 'No reason given',
  included: 'Studies included in review',
  count: '(n = {0})',
};

export const column: PrismaColumn = {
  identified: 120,
  databases: [
    { name: 'PubMed', count: 80 },
    { name: 'Embase', count: 30 },
  ],
  registers: [{ name: 'ClinicalTrials.gov', count: 10 }],
  duplicates: 25,
  automation: 0,
  otherReasons: 0,
  unscreened: 5,
  screened: 90,
  excluded: 60,
  sought: 30,
  notRetrieved: 4,
  unassessed: 6,
  assessed: 20,
  excludedReports: 8,
  reasons: [
    { name: 'Wrong population', count: 5 },
    { name: '', count: 3 },
  ],
  included: 12,
};

/** Ended records from other methods, of which none was screened. */
const others: PrismaColumn = {
  ...column,
  identified: 9,
  databases: [{ name: 'Citation searching', count: 9 }],
  registers: [],
  duplicates: 0,
  unscreened: 0,
  screened: 9,
  excluded: 0,
  sought: 9,
  notRetrieved: 1,
  unassessed: 0,
  assessed: 8,
  excludedReports: 5,
  reasons: [{ name: 'Wrong outcome', count: 5 }],
  included: 3,
};

export const oneColumn: PrismaCounts = {
  databases: column,
  others: undefined,
  hasFullTexts: true,
  included: 12,
};

export const twoColumns: PrismaCounts = { ...oneColumn, others, included: 15 };

/** Texts that mean something in Markdown, Mermaid or XML. */
export const hostile = `"]; style x:#a; <script>alert(1)</script> & \`*_|[x](y)#quot;{}'`;

/** Eight sources and twelve reasons, some of them long. */
export const crowded: PrismaCounts = {
  ...twoColumns,
  databases: {
    ...column,
    databases: ['PubMed', 'Embase', 'Web of Science Core Collection', 'Scopus', 'CINAHL', 'PsycINFO'].map(
      (name, index) => ({ name, count: 1234 * (index + 1) }),
    ),
    registers: ['ClinicalTrials.gov', 'International Clinical Trials Registry Platform'].map((name) => ({
      name,
      count: 77,
    })),
    reasons: Array.from({ length: 12 }, (_, index) => ({
      name:
        index % 3 === 0
          ? `Population ${index}: adults with a diagnosis of gout that was not confirmed by crystals in synovial fluid`
          : index === 4
            ? 'Dihydroxyphenylalaninedecarboxylaseinhibitoraloneornothing'
            : index === 5
              ? hostile
              : `Reason ${index}`,
      count: 12 - index,
    })),
  },
};
