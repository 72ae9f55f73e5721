/** Measures verdicts on yes-no questions with given passages, through the reader of the product. */
import { readFile } from 'node:fs/promises';
import { BioBertError, errorCodes } from '../../src/core/errors';
import { type ClaimParts, readClaim } from '../../src/core/questions/claimRun';
import { type Evidence, evidenceIn, verdictOf } from '../../src/core/questions/verdict';
import type { Verdict } from '../../src/core/types';
import { isArrayOf, isOneOf, isOptional, isShape, isString } from '../../src/protocol/guards';

/** A line of the file: a question with its passages, each a paper of its own, and the right answer. */
export interface JudgedQuestion {
  readonly question: string;
  readonly answer: Verdict['answer'];
  readonly passage?: string | undefined;
  readonly passages?: readonly string[] | undefined;
  /** Name of the part of the set, such as `dev`. */
  readonly split?: string | undefined;
}

const isJudgedQuestion = isShape<JudgedQuestion>({
  question: isString,
  answer: isOneOf(['yes', 'no', 'open']),
  passage: isOptional(isString),
  passages: isOptional(isArrayOf(isString)),
  split: isOptional(isString),
});

/** Reads a JSONL file. @throws {BioBertError} ARGUMENT_INVALID with the number of the line that is wrong. */
export async function readJudgedQuestions(file: string, split?: string): Promise<JudgedQuestion[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const questions = lines.map((line, i) => {
    const value: unknown = JSON.parse(line);
    if (isJudgedQuestion(value)) return value;
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      `Line ${i + 1} is not a question with passages and an answer.`,
      'Write {"question": "…", "passage": "…", "answer": "yes", "no" or "open"}.',
    );
  });
  return split === undefined ? questions : questions.filter((each) => each.split === split);
}

export interface JudgedVerdict {
  readonly asked: JudgedQuestion;
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  /** The sentences that are listed on the side that contradicts the right answer. */
  readonly wrongSide: readonly string[];
}

export async function judge(parts: ClaimParts, asked: JudgedQuestion): Promise<JudgedVerdict> {
  const { question, passage, passages = [], answer } = asked;
  const texts = passage === undefined ? passages : [passage, ...passages];
  const paperOf = String;
  const claim = { texts, questionOf: () => question, paperOf };
  const stances = await readClaim(parts, claim, undefined, () => undefined);
  const verdict = verdictOf(stances, paperOf, parts.stanceConfig.verdict);
  const wrong = answer === 'yes' ? 'contradicts' : answer === 'no' ? 'supports' : undefined;
  const wrongSide = verdict.sentences
    .filter(({ stance }) => stance === wrong)
    .map(({ passage: index, sentence: { start, end } }) => texts[index]?.slice(start, end) ?? '');
  return { asked, verdict, evidence: evidenceIn(stances, paperOf), wrongSide };
}

/** Judges questions one after the other. */
export async function judgeAll(
  parts: ClaimParts,
  questions: readonly JudgedQuestion[],
): Promise<JudgedVerdict[]> {
  const judged: JudgedVerdict[] = [];
  for (const asked of questions) judged.push(await judge(parts, asked));
  return judged;
}

export interface VerdictFigures {
  /** Percent of the questions that have an answer for which yes or no is shown. */
  readonly coverage: number;
  /** Percent of the shown answers that are right. */
  readonly right: number;
  /** Percent of the open questions for which nothing is shown. */
  readonly declined: number;
  /** Percent of the questions with an answer for which a sentence is listed on the wrong side. */
  readonly wrongSide: number;
}

export function verdictFigures(judged: readonly JudgedVerdict[]): VerdictFigures {
  const settled = judged.filter(({ asked }) => asked.answer !== 'open');
  const open = judged.filter(({ asked }) => asked.answer === 'open');
  const shown = judged.filter(({ verdict }) => verdict.answer !== 'open');
  const isShown = ({ verdict }: JudgedVerdict) => verdict.answer !== 'open';
  return {
    coverage: percent(settled.filter(isShown).length, settled.length),
    right: percent(
      shown.filter(({ asked, verdict }) => asked.answer === verdict.answer).length,
      shown.length,
    ),
    declined: percent(open.filter((each) => !isShown(each)).length, open.length),
    wrongSide: percent(settled.filter(({ wrongSide }) => wrongSide.length > 0).length, settled.length),
  };
}

function percent(part: number, whole: number): number {
  return (100 * part) / Math.max(1, whole);
}
