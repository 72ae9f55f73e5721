/** A host with prepared answers, for tests of the page. */
import type {
  AskProgress,
  AskResult,
  PanelScope,
  PanelState,
  RelationRow,
  VerdictView,
} from '../../src/protocol/panel';
import {
  actMethod,
  askMethod,
  clearHistoryMethod,
  curateMethod,
  exportEvidenceMethod,
  filterMethod,
  addColumnMethod,
  columnMethod,
  namedConceptsMethod,
  noteMethod,
  openGraphMethod,
  pinMethod,
  recordsOnlyMethod,
  relationRowsEvent,
  revealMethod,
  rowsPerMessage,
  saveMethod,
  scopeMethod,
  startMethod,
  stateEvent,
  stopMethod,
  valueMethod,
} from '../../src/protocol/panelMessages';
import type { Method, Rpc } from '../../src/protocol/rpc';
import { panelWords } from '../../src/editor/panel/panelWords';

const types: readonly (readonly [string, string])[] = [
  ['EGFR', 'Gene'],
  ['gefitinib', 'Chemical'],
  ['glioblastoma', 'Disease'],
  ['metformin', 'Chemical'],
  ['TP53', 'Gene'],
  ['breast cancer', 'Disease'],
  ['tumour necrosis factor receptor superfamily member 11a', 'Gene'],
];

/** A relation between two of a few names; the same number gives the same relation. */
export function relationRow(id: number, change: Partial<RelationRow> = {}): RelationRow {
  const [subject = '', subjectType = ''] = types[id % types.length] ?? [];
  const [object = '', objectType = ''] = types[(id * 3 + 1) % types.length] ?? [];
  const text = `Here ${subject} was found to act on ${object} in sample ${id} of a long series of patients who were followed for years.`;
  const at = text.indexOf(object, 10 + subject.length);
  return {
    id,
    document: `file:///papers/p${id % 9}.md`,
    name: `p${id % 9}.md`,
    line: 1 + (id % 40),
    type: ['inhibitor', 'association', 'negative_correlation'][id % 3] ?? '',
    subject: { name: subject, type: subjectType, key: subject },
    object: { name: object, type: objectType, key: object },
    probability: ((id * 37) % 100) / 100,
    negated: id % 11 === 3 ? 'not' : undefined,
    speculated: id % 7 === 3 ? 'may' : undefined,
    evidence: {
      text,
      marks: [
        { start: 5, end: 5 + subject.length, role: 'subject' },
        { start: at, end: at + object.length, role: 'object' },
      ],
    },
    curated: undefined,
    isPinned: id % 10 === 4,
    ...change,
  };
}

export function relationRows(count: number): RelationRow[] {
  return Array.from({ length: count }, (_, index) => relationRow(index + 1));
}

/** A claim that four papers support and one contradicts. */
export const verdict: VerdictView = {
  answer: 'yes',
  yes: 0.91,
  no: 0.02,
  open: 0.07,
  papers: { supports: 4, contradicts: 1 },
  drafts: { supports: 1, contradicts: 0 },
  sentences: [
    {
      id: 21,
      document: 'file:///papers/smith2019.md',
      name: 'smith2019.md',
      line: 12,
      stance: 'supports',
      probability: 0.97,
      sentence: { text: 'Carriers who took tamoxifen had a lower risk of breast cancer.', marks: [] },
      isPinned: false,
    },
    {
      id: 22,
      document: 'file:///papers/lee.md',
      name: 'lee.md',
      line: 40,
      stance: 'contradicts',
      probability: 0.88,
      sentence: { text: 'Tamoxifen did not lower the risk in carriers of BRCA1.', marks: [] },
      isPinned: true,
    },
  ],
};

export const verdictAnswer: AskResult = {
  kind: 'yesno',
  read: 48,
  total: 1204,
  papers: '31 papers',
  model: 'BioBERT questions 1.0',
  modelIdentity: 'BioBERT questions 1.0 (0123456789ab)',
  noAnswer: 0.12,
  verdict,
  answers: [
    {
      id: 11,
      document: 'file:///papers/smith2019.md',
      name: 'smith2019.md',
      line: 12,
      answer: 'tamoxifen',
      otherNames: ['ICI 46,474'],
      probability: 0.92,
      sentence: {
        text: 'Carriers of the mutation who took tamoxifen for five years had a lower risk of contralateral breast cancer than those who did not.',
        marks: [{ start: 34, end: 43, role: 'answer' }],
      },
      alsoIn: [{ id: 12, document: 'file:///papers/lee.md', name: 'lee.md', line: 3 }],
      isPinned: false,
    },
    {
      id: 13,
      document: 'file:///papers/chen2021.nbib',
      name: 'chen2021.nbib',
      line: 88,
      answer: 'raloxifene',
      otherNames: [],
      probability: 0.74,
      sentence: {
        text: 'Raloxifene reduced its incidence, too.',
        marks: [{ start: 0, end: 10, role: 'answer' }],
      },
      alsoIn: [],
      isPinned: true,
    },
  ],
};

export const readyState: PanelState = {
  scope: 'document',
  scopes: ['document', 'open', 'folder'],
  recordsOnly: false,
  summary: 'papers/smith2019.md',
  model: 'BioBERT relations 1.0 (ba9876543210)',
  history: ['Which drugs lower breast cancer risk?', 'What causes cystic fibrosis?'],
};

export interface Call {
  readonly method: string;
  readonly params: unknown;
}

export interface HostOptions {
  readonly state?: PanelState;
  readonly rows?: readonly RelationRow[];
  readonly session?: string;
  /** The filter of the list that another page has set. */
  readonly filter?: string;
  /** Identifiers of the concepts that a text may mean. Default: none, as without a terminology. */
  readonly namedConcepts?: (text: string) => readonly string[];
  /** Answers a question. Default: returns {@link verdictAnswer} at once. */
  readonly ask?: (
    question: string,
    signal: AbortSignal,
    progress: (progress: AskProgress) => void,
  ) => Promise<AskResult>;
}

/** @returns the options for `openPanel`, and the calls that the page made. */
export function fakeHost(options: HostOptions = {}): {
  readonly host: (rpc: Rpc) => void;
  readonly calls: Call[];
  /** The filters of the list that the page reported. */
  readonly filters: string[];
} {
  const calls: Call[] = [];
  const filters: string[] = [];
  const record = <Params>(rpc: Rpc, method: Method<Params, undefined>): void => {
    rpc.handle(method, (params) => {
      calls.push({ method: method.name, params });
      return Promise.resolve(undefined);
    });
  };
  const host = (rpc: Rpc): void => {
    const { state = readyState, rows = [], session = 'one', filter } = options;
    rpc.handle(startMethod, () => {
      setTimeout(() => sendRows(rpc, rows, 1, state.scope), 0);
      return Promise.resolve({ session, words: panelWords(), locale: 'en', state, filter });
    });
    record(rpc, scopeMethod);
    record(rpc, recordsOnlyMethod);
    record(rpc, actMethod);
    record(rpc, stopMethod);
    record(rpc, revealMethod);
    record(rpc, clearHistoryMethod);
    record(rpc, pinMethod);
    record(rpc, noteMethod);
    record(rpc, valueMethod);
    record(rpc, exportEvidenceMethod);
    record(rpc, addColumnMethod);
    record(rpc, columnMethod);
    record(rpc, curateMethod);
    record(rpc, saveMethod);
    record(rpc, openGraphMethod);
    rpc.handle(filterMethod, (text) => {
      filters.push(text);
      return Promise.resolve(undefined);
    });
    rpc.handle(namedConceptsMethod, (text) => Promise.resolve(options.namedConcepts?.(text) ?? []));
    rpc.handle(askMethod, async ({ question }, { signal, progress }) => {
      calls.push({ method: 'ask', params: { question } });
      if (options.ask) return options.ask(question, signal, progress);
      progress({ read: 24, total: 48, answers: verdictAnswer.answers.slice(0, 1) });
      return Promise.resolve(verdictAnswer);
    });
  };
  return { host, calls, filters };
}

export function sendRows(
  rpc: Rpc,
  rows: readonly RelationRow[],
  list = 1,
  scope: PanelScope = readyState.scope,
): void {
  for (let from = 0; from === 0 || from < rows.length; from += rowsPerMessage) {
    rpc.notify(relationRowsEvent, {
      list,
      scope,
      isFirst: from === 0,
      isLast: from + rowsPerMessage >= rows.length,
      rows: rows.slice(from, from + rowsPerMessage),
    });
  }
}

export function sendState(rpc: Rpc, state: PanelState): void {
  rpc.notify(stateEvent, state);
}
