import { describe, expect, it } from 'vitest';
import {
  evidenceKey,
  readEvidence,
  writeEvidence,
  type Evidence,
} from '../../../../src/core/curation/evidenceFile';
import {
  evidenceCsv,
  evidenceMarkdown,
  evidenceCsvHeader,
} from '../../../../src/core/curation/evidenceExport';
import { extractionCsv } from '../../../../src/core/curation/extractionTable';
import { fillCell, proposeValues, withValue } from '../../../../src/core/curation/formValues';
import { mergeEvidence } from '../../../../src/core/curation/merge';
import { readCsv } from '../../../../src/core/exports/csv';

const model = { name: 'questions 1.0', hash: 'ab'.repeat(32) };

function value(answer: string, change: Partial<Evidence> & { readonly column?: string } = {}): Evidence {
  const { column = 'dose', ...rest } = change;
  return {
    topic: { kind: 'form', column, label: column },
    document: 'records.ris',
    start: 10,
    end: 40,
    line: 3,
    sentence: `They took ${answer} daily.`,
    answer,
    probability: 1,
    isDenied: false,
    isSpeculative: false,
    citation: '101',
    publication: 'Kaplan 2019, Statins',
    note: '',
    annotator: 'person',
    ...rest,
  };
}

const proposed = (answer: string, change: Parameters<typeof value>[1] = {}): Evidence =>
  value(answer, { isProposed: true, annotator: model, probability: 0.8, ...change });

const answers = (all: readonly Evidence[]) => all.map(({ answer }) => answer);

const form = [
  { id: 'n', label: 'Patients' },
  { id: 'dose', label: 'Dose' },
];

describe('values of a form in the evidence file', () => {
  it('are read as they were written, with fields of newer versions', () => {
    const topic = { kind: 'form' as const, column: 'dose', label: 'Dose', unit: 'mg' };
    const all = [value('20 mg', { topic }), proposed('40 mg')];
    const read = readEvidence(writeEvidence(all));
    expect(read?.unread).toEqual([]);
    expect(answers(read?.evidence ?? [])).toEqual(['20 mg', '40 mg']);
    expect(read?.evidence.map(({ isProposed }) => isProposed)).toEqual([undefined, true]);
    expect(writeEvidence(read?.evidence ?? [])).toBe(writeEvidence(all));
    expect(writeEvidence(all)).toContain('"unit":"mg"');
  });

  it('have their label from the identifier if the file has none, and need a column', () => {
    const text = writeEvidence([value('20 mg')]);
    expect(readEvidence(text.replace(',"label":"dose"', ''))?.evidence[0]?.topic).toMatchObject({
      label: 'dose',
    });
    const damaged = readEvidence(text.replace('"column":"dose",', ''));
    expect(damaged).toMatchObject({ evidence: [], unread: [{ topic: { kind: 'form' } }] });
  });

  it('of a kind that this version does not know are written back', () => {
    // A version without forms reads them in this way, too: their kind is unknown to it.
    const text = writeEvidence([value('20 mg')]).replace('"kind":"form"', '"kind":"figure"');
    const read = readEvidence(text);
    expect(read?.evidence).toEqual([]);
    expect(writeEvidence([], read?.unread)).toBe(text);
  });

  it('differ by paper, because records of one file may have the same sentence', () => {
    const other = value('20 mg', { citation: '102', publication: 'Lee 2020, Fibrates' });
    expect(evidenceKey(other)).not.toBe(evidenceKey(value('20 mg')));
  });
});

describe('fillCell', () => {
  it('takes the place of proposals for the same cell only', () => {
    const all = [
      proposed('10 mg'),
      proposed('10 mg', { column: 'n' }),
      proposed('5 mg', { citation: '102' }),
    ];
    const filled = fillCell(all, value('20 mg'));
    expect(answers(filled)).toEqual(['10 mg', '5 mg', '20 mg']);
    expect(filled[0]?.topic).toMatchObject({ column: 'n' });
  });

  it('keeps an earlier value of a person, and does not add the same one twice', () => {
    const all = fillCell([value('20 mg')], value('40 mg'));
    expect(answers(all)).toEqual(['20 mg', '40 mg']);
    expect(fillCell(all, value('40 mg', { start: 11 }))).toEqual(all);
  });
});

describe('proposeValues', () => {
  it('never touches a cell that a person has filled or confirmed', () => {
    const all = [value('20 mg'), withValue(proposed('12', { column: 'n' }), '12')];
    expect(proposeValues(all, [proposed('99 mg'), proposed('99', { column: 'n' })])).toEqual(all);
  });

  it('replaces earlier proposals for the same cell', () => {
    const other = proposed('7', { column: 'n' });
    expect(answers(proposeValues([proposed('10 mg'), other], [proposed('20 mg')]))).toEqual(['7', '20 mg']);
  });
});

describe('withValue', () => {
  it('confirms a proposal as the finding of the model', () => {
    for (const text of ['20 mg', ' 20 mg ', '', ' ']) {
      const confirmed = withValue(proposed('20 mg'), text);
      expect(confirmed).toMatchObject({ answer: '20 mg', annotator: model, probability: 0.8 });
      expect(confirmed.isProposed).toBeUndefined();
    }
  });

  it('attributes a corrected value to the person', () => {
    expect(withValue(proposed('20 mg'), '25 mg')).toMatchObject({
      answer: '25 mg',
      annotator: 'person',
      probability: 1,
      sentence: 'They took 20 mg daily.',
    });
  });
});

describe('values of a form in two windows', () => {
  const base = [proposed('20 mg')];
  const confirmed = base.map((each) => withValue(each, ''));
  const noted = base.map((each) => ({ ...each, note: 'check' }));

  it('stay confirmed, whichever window writes last', () => {
    for (const [ours, theirs] of [
      [confirmed, noted],
      [noted, confirmed],
    ] as const) {
      const [merged] = mergeEvidence({ base, ours, theirs });
      expect(merged).toMatchObject({ answer: '20 mg', note: 'check' });
      expect(merged?.isProposed).toBeUndefined();
    }
    const both = mergeEvidence({ base: [], ours: base, theirs: confirmed });
    expect(both.map(({ isProposed }) => isProposed)).toEqual([undefined]);
  });

  it('are both kept if each window writes another value', () => {
    const [ours, theirs] = ['25 mg', '30 mg'].map((text) => base.map((each) => withValue(each, text)));
    if (!ours || !theirs) throw new Error('Two sides are needed.');
    expect(answers(mergeEvidence({ base, ours, theirs }))).toEqual(['25 mg', '30 mg']);
  });
});

describe('the exports of a form', () => {
  const words = {
    document: 'Document',
    line: 'line {0}',
    denied: 'denied',
    speculative: 'supposed',
    proposed: 'proposed',
    title: 'Evidence',
    foundBy: 'Found by {0}.',
    person: 'a person',
  };

  it('have the columns in the order of the form, with its labels, before the questions', () => {
    const asked = value('yes', { topic: { kind: 'question', question: 'A question?' } });
    const table = evidenceMarkdown([asked, value('20 mg'), proposed('12', { column: 'n' })], words, form);
    expect(table).toContain('| Document | Patients | Dose | A question? |');
    expect(table).toContain('**12**: “They took 12 daily.” *(proposed)*');
    expect(table).toContain('**20 mg**: “They took 20 mg daily.” (line 3)');
    expect(evidenceMarkdown([asked], words, form)).toContain('| Document | A question? |');
  });

  it('say in CSV which values are proposed', () => {
    const [header = [], ...rows] = readCsv(evidenceCsv([value('20 mg'), proposed('30 mg')]));
    expect(header).toEqual([...evidenceCsvHeader]);
    const at = header.indexOf('proposed');
    expect(rows.map((row) => [row[0], row[7], row[at]])).toEqual([
      ['dose', '20 mg', 'no'],
      ['dose', '30 mg', 'yes'],
    ]);
  });

  it('give each paper one row, with empty cells', () => {
    const other = { document: 'lee.pdf', citation: 'lee', publication: undefined };
    const all = [
      value('20 mg'),
      value('40 mg', { start: 50, sentence: 'Later they took 40 mg.' }),
      proposed('99 mg'),
      proposed('12', { column: 'n', ...other }),
      value('ignored', { topic: { kind: 'question', question: 'Which?' } }),
    ];
    const labels = ['Patients', 'Patients (sentence)', 'Dose', 'Dose (sentence)'];
    const sentences = 'They took 20 mg daily.\nLater they took 40 mg.';
    expect(readCsv(extractionCsv(all, form))).toEqual([
      ['document', 'publication', 'citation', ...labels, 'proposed'],
      ['lee.pdf', '', 'lee', '12', 'They took 12 daily.', '', '', 'Patients'],
      ['records.ris', 'Kaplan 2019, Statins', '101', '', '', '20 mg; 40 mg', sentences, ''],
    ]);
  });

  it('give a paper one row for its record and its full text', () => {
    const inPdf = proposed('12', { column: 'n', document: 'kaplan.pdf' });
    const [, row, ...others] = readCsv(extractionCsv([value('20 mg'), inPdf], form));
    expect(row?.slice(0, 3)).toEqual(['kaplan.pdf; records.ris', 'Kaplan 2019, Statins', '101']);
    expect([row?.[3], row?.[5], row?.at(-1)]).toEqual(['12', '20 mg', 'Patients']);
    expect(others).toEqual([]);
  });

  it('keep values of a column that the form no longer has', () => {
    const [header, row] = readCsv(extractionCsv([value('10', { column: 'gone' })], form));
    expect(header?.slice(-3)).toEqual(['gone', 'gone (sentence)', 'proposed']);
    expect(row?.slice(-3)).toEqual(['10', 'They took 10 daily.', '']);
  });

  it('execute no formula in a spreadsheet', () => {
    const evil = '=HYPERLINK("http://evil","x")';
    const text = extractionCsv(
      [
        value(evil, { sentence: '+1', publication: '@SUM(A1)', citation: '-2' }),
        value('\n=1', { citation: 'b' }),
      ],
      [{ id: 'dose', label: '=cmd' }],
    );
    const fields = text.split(/[,\r\n]+/u).map((field) => field.replace(/^"/u, ''));
    expect(fields.filter((field) => /^[=+\-@]/u.test(field.trim()))).toEqual([]);
    expect(readCsv(text)[1]?.[3]).toBe(evil);
  });
});
