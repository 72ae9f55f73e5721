import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withValue } from '../../../../../src/core/curation/formValues';
import { CancelledError } from '../../../../../src/core/errors';
import type { ReviewRecord, ReviewSource } from '../../../../../src/core/review/reviewData';
import { run } from '../../../../../src/editor/review/commands/proposeValues';
import { changeEvidence } from '../../../../../src/editor/workspace/evidenceAccess';
import type { AnswerRequest } from '../../../../../src/protocol/engine';
import { nullLogger } from '../../../../../src/runtime/log';
import { openFormReview, records, type FormReview } from '../form/formReview';
import { window } from '../../vscode';

const form = [
  { id: 'n', label: 'Patients', question: 'How many were studied?' },
  { id: 'dose', label: 'Dose', question: 'Which dose was taken?' },
  { id: 'note', label: 'Remarks' },
];

/** Answers with the first match in the passages. */
function answerBy(pattern: RegExp, probability = 0.9) {
  return ({ passages }: AnswerRequest) => {
    const text = passages[0]?.text ?? '';
    const { index, 0: found } = pattern.exec(text) ?? { index: 0, 0: '' };
    const border = text.indexOf('. ') + 1;
    const sentence = index < border ? { start: 0, end: border } : { start: border + 1, end: text.length };
    const span = { start: index, end: index + found.length };
    return { answers: [{ ...span, passage: 0, text: found, probability, sentence, otherOccurrences: [] }] };
  };
}

const byQuestion = (request: AnswerRequest) =>
  answerBy(request.question.startsWith('How') ? /\d+/u : /\d+ mg/u)(request);

describe('proposeValues', () => {
  let opened: FormReview;
  let scope = '';
  beforeEach(async () => {
    opened = await openFormReview(form);
    opened.engine.answerTo = byQuestion;
    Object.assign(window, {
      showQuickPick: (
        items: readonly { readonly label: string }[],
        { canPickMany }: { readonly canPickMany?: boolean },
      ) => Promise.resolve(canPickMany === true ? items : items.find(({ label }) => label === scope)),
    });
  });
  afterEach(() => {
    opened.dispose();
  });

  const values = () =>
    opened
      .evidence()
      .map(({ topic, citation, answer, isProposed }) => [
        topic.kind === 'form' ? topic.column : '',
        citation,
        answer,
        isProposed === true ? 'proposed' : 'confirmed',
      ]);

  it('asks for each paper alone, and stores the sentence, the model and the probability', async () => {
    scope = 'All papers of the folder';
    await run(opened.tools, []);
    expect(values()).toEqual([
      ['dose', '101', '20 mg', 'proposed'],
      ['dose', '102', '5 mg', 'proposed'],
      ['n', '101', '120', 'proposed'],
      ['n', '102', '80', 'proposed'],
    ]);
    const [first] = opened.evidence();
    expect(first).toMatchObject({
      sentence: 'They took 20 mg daily.',
      probability: 0.9,
      line: 6,
      annotator: { name: 'Test tagger 1.0' },
    });
    expect(records.slice(first?.start, first?.end)).toBe(first?.sentence);
    expect(opened.engine.asked.map(({ passages }) => passages.length)).toEqual([1, 1, 1, 1]);
    expect(opened.messages[0]).toContain('Values proposed: 4, papers: 2, cells that stay empty: 0.');
  });

  it('proposes for the record at the caret alone', async () => {
    scope = 'This paper';
    opened.select('80 children');
    await run(opened.tools, []);
    expect(values().map(([, citation]) => citation)).toEqual(['102', '102']);
  });

  it('proposes for the included records', async () => {
    const file = { id: 's1', file: 'records.ris', database: '', records: 2, imported: '' };
    const source: ReviewSource = { ...file, kind: 'other' };
    const titles = [
      'Statins and the liver in adults',
      'Fibrates and the liver in children',
      'Resins and the kidney in the aged',
    ];
    const record = (id: string, index: number): ReviewRecord => ({
      ...{ id, index, source: 's1', title: titles[index], authors: [], keywords: [], types: [] },
    });
    await opened.review.addImports([
      { source, records: [record('a', 0), record('b', 1), record('gone', 2)] },
    ]);
    const decision = { phase: 'abstract', who: 'Ann', when: '2026-01-01T00:00:00Z' } as const;
    await opened.review.decide({ ...decision, record: 'a', choice: 'include' });
    await opened.review.decide({ ...decision, record: 'b', choice: 'exclude', reason: 'children' });
    await opened.review.decide({ ...decision, record: 'gone', choice: 'include' });
    scope = 'All included papers';
    await run(opened.tools, []);
    expect(values().map(([, citation]) => citation)).toEqual(['101', '101']);
    expect(opened.messages.at(-1)).toContain('whose file is not in the folder any more: 1.');
  });

  it('leaves what a person filled or confirmed, and proposes nothing improbable', async () => {
    scope = 'All papers of the folder';
    await run(opened.tools, []);
    await changeEvidence(nullLogger, (all) =>
      all.map((each) => (each.answer === '20 mg' ? withValue(each, '25 mg') : each)),
    );
    opened.engine.answerTo = answerBy(/\d+/u, 0.09);
    opened.messages.length = 0;
    await run(opened.tools, []);
    expect(values()).toContainEqual(['dose', '101', '25 mg', 'confirmed']);
    expect(values().filter(([column, citation]) => column === 'dose' && citation === '101')).toHaveLength(1);
    expect(opened.messages[0]).toContain('Values proposed: 0, papers: 2, cells that stay empty: 3.');
    expect(opened.messages[0]).toContain('Cells that were filled already: 1.');
  });

  it('leaves a cell that a person fills while the model reads', async () => {
    scope = 'All papers of the folder';
    await run(opened.tools, []);
    const proposals = opened.evidence();
    await changeEvidence(nullLogger, () => []);
    let isFirst = true;
    opened.engine.answerTo = async (request) => {
      if (isFirst) {
        isFirst = false;
        await changeEvidence(nullLogger, () => proposals.map((each) => withValue(each, 'mine')));
      }
      return byQuestion(request);
    };
    await run(opened.tools, []);
    expect(values().map(([, , answer, status]) => [answer, status])).toEqual(
      Array.from({ length: 4 }, () => ['mine', 'confirmed']),
    );
  });

  it('takes the verdict on a yes-no question with a sentence for it', async () => {
    scope = 'This paper';
    opened.select('20 mg');
    const sentence = { start: 0, end: 22 };
    opened.engine.answerTo = () => ({
      kind: 'yesno',
      verdict: {
        answer: 'no',
        yes: 0.1,
        no: 0.8,
        open: 0.1,
        papers: { supports: 1, contradicts: 1 },
        sentences: [
          { passage: 0, sentence: { start: 23, end: 45 }, stance: 'supports', probability: 0.6 },
          { passage: 0, sentence, stance: 'contradicts', probability: 0.9 },
        ],
      },
    });
    await run(opened.tools, []);
    expect(opened.evidence()[0]).toMatchObject({
      answer: 'no',
      probability: 0.8,
      sentence: 'We studied 120 adults.',
    });
  });

  it('keeps what was found before the run was cancelled', async () => {
    scope = 'All papers of the folder';
    opened.engine.answerTo = (request) => {
      if (opened.engine.asked.length > 2) throw new CancelledError();
      return byQuestion(request);
    };
    await expect(run(opened.tools, [])).rejects.toThrow(CancelledError);
    expect(opened.evidence()).toHaveLength(2);
    expect(opened.messages).toEqual([]);
  });

  it('says what to do if no column has a question', async () => {
    await opened.review.changeSettings((settings) => ({ ...settings, form: [{ id: 'a', label: 'A' }] }));
    await expect(run(opened.tools, [])).rejects.toMatchObject({ code: 'BB501' });
  });
});
