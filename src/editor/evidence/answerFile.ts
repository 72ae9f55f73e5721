/** The file that keeps the answers of papers, so that a window that opens again need not ask. Other files do not depend on it. */
import { evidenceFromStored, storedEvidence, type Evidence } from '../../core/curation/evidenceFile';
import type { PaperAnswer } from '../questions/paperQuestions';

/** A question with its answer in each paper. A paper without an answer has an entry without a sentence. */
export interface StoredColumn {
  readonly question: string;
  readonly cells: readonly Evidence[];
}

export interface StoredAnswers {
  readonly columns: readonly StoredColumn[];
  /** By the text of the paper, the question and the model; undefined for no answer. The latest ones are last. */
  readonly answers: ReadonlyMap<string, PaperAnswer | undefined>;
}

const version = 1;

export function writeAnswers({ columns, answers }: StoredAnswers): string {
  return JSON.stringify({
    biobertAnswers: version,
    columns: columns.map(({ question, cells }) => ({ question, cells: cells.map(storedEvidence) })),
    answers: Array.from(answers, ([key, answer]) => [key, answer ?? null]),
  });
}

/** Reads the file. What is damaged or of another version is left out, because it can be asked again. */
export function readAnswers(text: string): StoredAnswers {
  const file = parsed(text);
  const { columns, answers } = file['biobertAnswers'] === version ? file : {};
  return {
    columns: listOf(columns).flatMap((each) => readColumn(each) ?? []),
    answers: new Map(listOf(answers).flatMap((each) => readAnswer(each) ?? [])),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readColumn(value: unknown): StoredColumn | undefined {
  const { question, cells } = fieldsOf(value);
  if (typeof question !== 'string') return undefined;
  return { question, cells: listOf(cells).flatMap((cell) => evidenceFromStored(cell) ?? []) };
}

function readAnswer(value: unknown): readonly [readonly [string, PaperAnswer | undefined]] | undefined {
  const [key, stored] = listOf(value);
  if (typeof key !== 'string') return undefined;
  if (stored === null) return [[key, undefined]];
  const { passage, sentence, value: text, probability } = fieldsOf(stored);
  const { start, end } = fieldsOf(sentence);
  const numbers = [passage, start, end, probability];
  if (typeof text !== 'string' || !numbers.every((each) => typeof each === 'number')) return undefined;
  const [at, from, to, certainty] = numbers as [number, number, number, number];
  return [[key, { passage: at, sentence: { start: from, end: to }, value: text, probability: certainty }]];
}
