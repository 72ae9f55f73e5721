/** A host with a small review, for tests of the screening page. */
import type { Method, Rpc } from '../../src/protocol/rpc';
import type {
  FindRecordsParams,
  FoundRecords,
  RecordMarks,
  RecordView,
  ScreeningState,
} from '../../src/protocol/screening';
import {
  actMethod,
  addKeywordMethod,
  decideMethod,
  findMethod,
  fullTextMethod,
  marksMethod,
  moveMethod,
  noteMethod,
  orderMethod,
  phaseMethod,
  recordEvent,
  showMethod,
  startMethod,
  stateEvent,
  tagsMethod,
  undoMethod,
} from '../../src/protocol/screeningMessages';
import { screeningWords } from '../../src/editor/review/screening/screeningWords';
import type { Call } from './host';

const abstract =
  'Background: Metformin is widely prescribed for type 2 diabetes, but its effect on tumour growth in humans is unclear. ' +
  'Methods: In this double-blind randomised trial, 214 adults with breast cancer received metformin or placebo for 24 weeks. ' +
  'Results: Expression of EGFR fell in the treated group (p < 0.01) & Ki-67 did not change.\n' +
  'Conclusions: A phase 3 trial in patients without diabetes is warranted.';

export const record: RecordView = {
  id: 'pmid:1',
  title: 'Metformin before surgery in women with breast cancer: a randomised trial',
  authors: ['Kaplan, R', 'Osei, A', 'Lindqvist, M'],
  year: 2019,
  journal: 'Journal of Clinical Oncology',
  doi: '10.1000/jco.2019.001',
  pmid: '31000001',
  abstract,
  others: [],
  note: '',
  tags: ['window trial'],
};

export const state: ScreeningState = {
  question: 'Does metformin slow the growth of tumours in adults with cancer?',
  criteria: {
    include: ['Adults with a solid tumour', 'Metformin against placebo or no treatment'],
    exclude: ['Not in humans', 'No control group', 'Conference abstract only'],
  },
  keywords: [
    { name: 'Population', words: ['adults', 'patients', 'women'] },
    { name: 'Design', words: ['random*', 'double blind', 'placebo', 'trial'] },
    { name: 'Exclusion', words: ['mice', 'in vitro'] },
  ],
  phase: 'abstract',
  phases: [
    { phase: 'abstract', left: 1901 },
    { phase: 'fulltext', left: 23 },
  ],
  order: 'relevance',
  progress: {
    found: 2041,
    total: 2041,
    screened: 140,
    included: 17,
    excluded: 117,
    maybe: 6,
    conflicts: 2,
    curve: [0, 20, 40, 60, 80, 100, 120, 140].map((screened, index) => ({
      screened,
      included: [0, 10, 15, 18, 20, 22, 22, 23][index] ?? 0,
    })),
    estimate: {
      left: 4,
      low: 0,
      high: 12,
      hint: 'Probability that 95 % of them are found: 41 %.',
    },
  },
  reasons: ['Wrong dose', 'Letter to the editor'],
  tags: ['window trial', 'biomarker'],
  canUndo: true,
};

function mark(text: string, name: string, type: string) {
  const start = text.indexOf(name);
  return { start, end: start + name.length, type, typeName: type };
}

export const names: RecordMarks = {
  title: [mark(record.title, 'Metformin', 'Chemical'), mark(record.title, 'breast cancer', 'Disease')],
  abstract: [
    mark(abstract, 'Metformin', 'Chemical'),
    mark(abstract, 'type 2 diabetes', 'Disease'),
    mark(abstract, 'breast cancer', 'Disease'),
    mark(abstract, 'EGFR', 'Gene'),
    mark(abstract, 'humans', 'Species'),
  ],
};

export interface ScreeningHostOptions {
  readonly state?: ScreeningState;
  /** Shown one after the other. Default: {@link record}. */
  readonly records?: readonly RecordView[];
  readonly names?: RecordMarks;
  readonly find?: (params: FindRecordsParams) => FoundRecords;
  /** Called for each decision. It may throw, as if the file could not be written. */
  readonly decide?: () => void;
}

/** @returns the options for `openScreening`, and the calls that the page made. */
export function screeningHost(options: ScreeningHostOptions = {}): {
  host: (rpc: Rpc) => void;
  calls: Call[];
} {
  const calls: Call[] = [];
  const { records = [record], find = () => ({ records: [], total: 0 }) } = options;
  let shown = 0;
  const host = (rpc: Rpc): void => {
    const note = <Params>(method: Method<Params, undefined>, act: () => void = () => undefined): void => {
      rpc.handle(method, async (params) => {
        calls.push({ method: method.name, params });
        act();
        return Promise.resolve(undefined);
      });
    };
    const show = (): void => rpc.notify(recordEvent, { record: records[shown] });
    rpc.handle(startMethod, () => {
      setTimeout(show, 0);
      return Promise.resolve({ words: screeningWords(), locale: 'en', state: options.state ?? state });
    });
    note(decideMethod, () => {
      options.decide?.();
      shown++;
      show();
    });
    note(undoMethod, () => {
      shown = Math.max(0, shown - 1);
      show();
    });
    for (const method of [noteMethod, tagsMethod, moveMethod, showMethod] as const)
      note(method as Method<unknown, undefined>);
    for (const method of [phaseMethod, orderMethod, addKeywordMethod, fullTextMethod, actMethod] as const)
      note(method as Method<unknown, undefined>);
    rpc.handle(findMethod, (params) => {
      calls.push({ method: 'find', params });
      return Promise.resolve(find(params));
    });
    rpc.handle(marksMethod, () => Promise.resolve(options.names ?? names));
  };
  return { host, calls };
}

export function sendScreeningState(rpc: Rpc, changed: ScreeningState): void {
  rpc.notify(stateEvent, changed);
}

export function sendRecord(rpc: Rpc, changed: RecordView | undefined): void {
  rpc.notify(recordEvent, { record: changed });
}
