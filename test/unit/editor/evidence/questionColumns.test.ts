import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { QuestionColumns } from '../../../../src/editor/evidence/questionColumns';
import { papersIn } from '../../../../src/editor/review/form/chosenPapers';
import type { Paper } from '../../../../src/editor/questions/paper';
import type { AnswerRequest, AnswerResult } from '../../../../src/protocol/engine';
import { nullLogger } from '../../../../src/runtime/log';
import { openFormReview, type FormReview } from '../review/form/formReview';
import { model } from '../support';
import { Uri } from '../vscode';

const question = 'How many took part?';
let opened: FormReview;
let columns: QuestionColumns;
let papers: (signal: AbortSignal) => Promise<readonly Paper[]>;
let file: string;

/** The first number of the passage; children have none. */
function numberIn({ passages }: AnswerRequest): Partial<AnswerResult> {
  const text = passages[0]?.text ?? '';
  const found = /\d+ adults/.exec(text);
  if (!found) return {};
  const sentence = { start: 0, end: text.indexOf('. ') + 1 };
  const answer = { passage: 0, start: found.index, end: found.index + 3, text: '120', probability: 0.7 };
  return { answers: [{ ...answer, sentence, otherOccurrences: [] }] };
}

function create(): QuestionColumns {
  return new QuestionColumns({
    engine: opened.engine,
    papers: (signal) => papers(signal),
    file: Uri.file(file) as never,
    log: nullLogger,
  });
}

beforeEach(async () => {
  opened = await openFormReview([]);
  opened.engine.answerTo = numberIn;
  papers = (signal) => papersIn(opened.tools, 'folder', signal);
  file = path.join(os.tmpdir(), `biobert-answers-${process.pid}-${Math.random()}.json`);
  columns = create();
});

afterEach(() => {
  columns.dispose();
  opened.dispose();
});

const shown = (of = columns) =>
  of.cells.map(({ evidence, isUnanswered }) => [evidence.citation, evidence.answer, isUnanswered]);

describe('a question as a column', () => {
  it('has the best answer of each paper with its sentence, or none', async () => {
    await columns.ask(` ${question} `);
    expect(columns.asked).toEqual([question]);
    expect(shown()).toEqual([
      ['101', '120', false],
      ['102', undefined, true],
    ]);
    expect(columns.cells[0]?.evidence).toMatchObject({
      topic: { kind: 'question', question },
      document: 'records.ris',
      sentence: 'We studied 120 adults.',
      line: 6,
      probability: 0.7,
      publication: 'Kaplan 2019, Statins and the liver in adults',
      annotator: { hash: model.hash },
    });
    const [first, second] = columns.cells;
    expect(columns.get(first?.id ?? 0)).toEqual(first);
    expect(second?.id).not.toBe(first?.id);
  });

  it('asks only papers that are new or changed, and keeps answers in a file', async () => {
    await columns.ask(question);
    await columns.ask(question.toUpperCase());
    expect(opened.engine.asked).toHaveLength(2);
    expect(columns.asked).toEqual([question]);
    const again = create();
    await again.load();
    expect(shown(again)).toEqual(shown());
    const all = await papers(new AbortController().signal);
    const [kept, changed] = all;
    papers = () =>
      Promise.resolve(
        [kept, changed && { ...changed, passages: changed.passages.slice(0, 0) }].flatMap(
          (each) => each ?? [],
        ),
      );
    await again.ask(question);
    expect(opened.engine.asked).toHaveLength(2);
    papers = () => Promise.resolve(all.slice(0, 1));
    await again.ask(question);
    expect(shown(again)).toEqual([['101', '120', false]]);
    await again.remove(question);
    expect(again.cells).toEqual([]);
    await again.ask(question);
    expect(opened.engine.asked).toHaveLength(2);
    again.dispose();
  });

  it('shows its progress, and keeps what it has when it is stopped', async () => {
    const labels: string[] = [];
    columns.onDidChange(() => labels.push(columns.work?.label ?? ''));
    opened.engine.answerTo = (request) => {
      if (request.passages[0]?.text.includes('children') === true) columns.stop();
      return numberIn(request);
    };
    const all = await papers(new AbortController().signal);
    papers = () => Promise.resolve([...all, ...all]);
    await columns.ask(question);
    expect(labels).toContain(`${question} 0 of 4 papers`);
    expect(labels.at(-1)).toBe('');
    expect(columns.work).toBeUndefined();
    expect(shown()[0]).toEqual(['101', '120', false]);
    expect(opened.engine.asked).toHaveLength(2);
  });

  it('asks one question after the other', async () => {
    await Promise.all([columns.ask(question), columns.ask('Which dose?'), columns.ask(question)]);
    expect(columns.asked).toEqual([question, 'Which dose?']);
    expect(opened.engine.asked.map(({ question: asked }) => asked)).toEqual([
      question,
      question,
      'Which dose?',
      'Which dose?',
    ]);
  });

  it('says what to do if there is no paper', async () => {
    papers = () => Promise.resolve([]);
    await expect(columns.ask(question)).rejects.toMatchObject({ code: errorCodes.PASSAGES_EMPTY });
    expect(columns.work).toBeUndefined();
  });
});
