import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/core/documents/parse';
import { splitPassages } from '../../src/core/questions/splitPassages';
import { type AnswerReader, openAnswerReader } from '../evaluation/answerReader';
import { requireFile, root } from './gold';

interface Asked {
  readonly question: string;
  readonly answers: readonly string[];
}

/** Texts and questions that were written for this test; none is from a corpus. */
interface Cases {
  readonly passages: readonly (Asked & { readonly passage: string })[];
  /** Questions about `questions.md`; all answers of a question are expected, and no others. */
  readonly notes: readonly Asked[];
  /** Questions that `questions.md` does not answer. */
  readonly unanswerable: readonly string[];
  /** Questions to passages of many subjects: the first answer is one of `shown`, and none is one of `never`. */
  readonly folder: {
    readonly passages: readonly string[];
    readonly questions: readonly {
      readonly question: string;
      readonly shown: readonly string[];
      readonly never: readonly string[];
    }[];
  };
}

const read = (name: string) => readFileSync(path.join(import.meta.dirname, name), 'utf8');
const { passages, notes, unanswerable, folder } = JSON.parse(read('answers.json')) as Cases;
const noteTexts = splitPassages(parseDocument(read('questions.md'), 'markdown').segments).map(({ text }) => ({
  text,
}));

let reader: AnswerReader;

beforeAll(async () => {
  requireFile('models/questions/model.onnx', 'git checkout -- models/questions');
  requireFile('models/terminology/terms.bin', 'git checkout -- models/terminology');
  requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
  const folderOf = (name: string) => path.join(root, 'models', name);
  const folders = {
    questions: folderOf('questions'),
    tagger: folderOf('tagger'),
    terminology: folderOf('terminology'),
  };
  reader = await openAnswerReader(folders, 0);
});

afterAll(() => reader.release());

/** The shown answers in small letters, without an article. */
async function answersTo(question: string, texts: readonly { readonly text: string }[]): Promise<string[]> {
  const { answers } = await reader.read({ question, passages: texts });
  return answers.map(({ text }) => text.toLowerCase().replace(/^the /, ''));
}

describe('answers of the shipped model', () => {
  it.each(passages)('$question: the first answer is right', async ({ passage, question, answers }) => {
    const accepted = answers.map((answer) => answer.toLowerCase().replace(/^the /, ''));
    const [first] = await answersTo(question, [{ text: passage }]);
    expect(accepted).toContain(first);
  });

  it.each(notes)('$question: exactly the right answers are shown', async ({ question, answers }) => {
    const shown = await answersTo(question, noteTexts);
    expect(shown.sort()).toEqual(answers.map((answer) => answer.toLowerCase()).sort());
  });

  it.each(folder.questions)(
    '$question: what the passages do not say is not shown',
    async ({ question, shown, never }) => {
      const found = await answersTo(
        question,
        folder.passages.map((text) => ({ text })),
      );
      if (shown.length > 0) expect(shown).toContain(found[0]);
      expect(found.filter((answer) => never.includes(answer))).toEqual([]);
    },
  );

  it.each(unanswerable)('%s: nothing is shown', async (question) => {
    expect(await answersTo(question, noteTexts)).toEqual([]);
  });
});
