import { describe, expect, it } from 'vitest';
import { answerWriters } from '../../../src/cli/answerWriters';
import { parseDocument } from '../../../src/core/documents/parse';
import type { SourcePassage } from '../../../src/core/questions/placedAnswers';
import { splitPassages } from '../../../src/core/questions/splitPassages';
import type { AnswerResult } from '../../../src/protocol/engine';

const text = 'See *TNF-$\\alpha$* first.\n\nIt is **raised** in mice. It is *TNF-$\\alpha$*.';
const passages: SourcePassage[] = splitPassages(parseDocument(text, 'markdown').segments).map((passage) => ({
  document: 'notes.md',
  passage,
}));

const model: AnswerResult['model'] = {
  name: 'Fake',
  version: '1',
  task: 'question-answering',
  types: [],
  measured: [],
  license: '',
  hash: '',
  configHash: 'c',
  runtime: 'onnxruntime-node',
};

function found(): AnswerResult {
  const [first, second] = passages.map(({ passage }) => passage);
  const name = 'TNF-α';
  const [a, b] = [first?.text.indexOf(name) ?? -1, second?.text.indexOf(name) ?? -1];
  const sentence = second?.sentences[1] ?? { start: 0, end: 0 };
  const alsoIn = [{ passage: 0, start: a, end: a + name.length }];
  const answer = {
    passage: 1,
    start: b,
    end: b + name.length,
    text: name,
    probability: 0.91234567,
    sentence,
  };
  return {
    kind: 'factoid',
    answers: [{ ...answer, otherOccurrences: alsoIn }],
    noAnswer: 0.1,
    read: 2,
    model,
  };
}

describe('JSON lines of answers', () => {
  it('contain spans of the file, markup included', () => {
    const line = JSON.parse(answerWriters.jsonl(found(), passages)) as {
      start: number;
      end: number;
      sentence: { start: number; end: number; text: string };
      alsoIn: { document: string; start: number; end: number }[];
    };
    expect(line).toMatchObject({ document: 'notes.md', text: 'TNF-α', probability: 0.9123 });
    expect(text.slice(line.start, line.end)).toBe('TNF-$\\alpha$');
    expect(line.start).toBeGreaterThan(30);
    expect(line.sentence.text).toBe('It is TNF-α.');
    expect(text.slice(line.sentence.start, line.sentence.end)).toContain('It is *TNF');
    const [other] = line.alsoIn;
    expect(text.slice(other?.start, other?.end)).toBe('TNF-$\\alpha$');
    expect(other?.start).toBeLessThan(20);
  });

  it('contain one line for a verdict, with its sentences', () => {
    const sentence = passages[1]?.passage.sentences[0] ?? { start: 0, end: 0 };
    const sentences = [{ passage: 1, sentence, stance: 'supports' as const, probability: 0.5 }];
    const papers = { supports: 1, contradicts: 0 };
    const verdict = { answer: 'yes' as const, yes: 0.7, no: 0.2, open: 0.1, papers, sentences };
    const written = answerWriters.jsonl({ ...found(), kind: 'yesno', answers: [], verdict }, passages);
    const line = JSON.parse(written) as { sentences: { start: number; end: number; text: string }[] };
    expect(line).toMatchObject({ verdict: 'yes', probabilities: { yes: 0.7, no: 0.2, open: 0.1 }, papers });
    expect(line.sentences[0]).toMatchObject({ document: 'notes.md', text: 'It is raised in mice.' });
    expect(text.slice(line.sentences[0]?.start, line.sentences[0]?.end)).toBe('It is **raised** in mice.');
  });
});

describe('the text of a verdict', () => {
  const place = passages[1]?.passage.sentences[0] ?? { start: 0, end: 0 };
  const sentence = { passage: 1, sentence: place, stance: 'contradicts' as const, probability: 0.93 };
  const papers = { supports: 0, contradicts: 1 };
  const told = { answer: 'no' as const, yes: 0.02, no: 0.95, open: 0.03, papers, sentences: [sentence] };

  it('names the answer, the number of papers, and the sentences of each side', () => {
    const written = answerWriters.text({ ...found(), kind: 'yesno', answers: [], verdict: told }, passages);
    expect(written).toMatch(
      /^No {2}95 %\nPapers for: 0, against: 1\nContradicts it:\n {3}93 % {2}It is raised in mice\.\n {9}\(notes\.md:\d+\)\n$/,
    );
  });

  it('is never certain', () => {
    const verdict = { ...told, no: 0.998 };
    const written = answerWriters.text({ ...found(), kind: 'yesno', answers: [], verdict }, passages);
    expect(written).toMatch(/^No {2}99 %\n/);
  });

  it('shows no probability of what is not settled', () => {
    const verdict = { ...told, answer: 'open' as const };
    const written = answerWriters.text({ ...found(), kind: 'yesno', answers: [], verdict }, passages);
    expect(written.split('\n')[0]).toBe('The documents do not settle it.');
  });
});

describe('the text of answers', () => {
  it('contains the answer, its probability and its sentence', () => {
    const written = answerWriters.text(found(), passages);
    expect(written).toMatch(/^ 1 {2}TNF-α {2}91 % {2}\(notes\.md:\d+, and 1 more\)\n {4}It is TNF-α\.\n$/);
    expect(answerWriters.text({ ...found(), answers: [] }, passages)).toBe('');
  });
});

describe('other names of an answer', () => {
  const withNames = (): AnswerResult => {
    const { answers, ...rest } = found();
    return { ...rest, answers: answers.map((answer) => ({ ...answer, otherNames: ['TNF', 'cachectin'] })) };
  };

  it('stand beside it in the text', () => {
    expect(answerWriters.text(withNames(), passages)).toContain('TNF-α, also called TNF, cachectin  91 %');
    expect(answerWriters.text(found(), passages)).not.toContain('also called');
  });

  it('are a list in JSON lines, or missing', () => {
    const line = (result: AnswerResult) => JSON.parse(answerWriters.jsonl(result, passages)) as object;
    expect(line(withNames())).toMatchObject({ otherNames: ['TNF', 'cachectin'] });
    expect(line(found())).not.toHaveProperty('otherNames');
  });
});
