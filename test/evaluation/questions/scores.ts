/** The official scores of the question corpora, in percent. */

/** Answers of a question that count (BioASQ, task B phase B). */
export const ranked = 5;

export interface FactoidScores {
  readonly strict: number;
  readonly lenient: number;
  /** Mean reciprocal rank. */
  readonly mrr: number;
}

/** Rank from 1 of the first right answer among the first five; 0 where none is. Equal after lower-casing and trimming. */
export function rightRank(answers: readonly string[], forms: readonly string[]): number {
  const accepted = new Set(forms.map(plain));
  return answers.slice(0, ranked).findIndex((answer) => accepted.has(plain(answer))) + 1;
}

export function factoidScores(ranks: readonly number[]): FactoidScores {
  const mean = (value: (rank: number) => number) => (100 * sum(ranks.map(value))) / Math.max(1, ranks.length);
  return {
    strict: mean((rank) => (rank === 1 ? 1 : 0)),
    lenient: mean((rank) => (rank > 0 ? 1 : 0)),
    mrr: mean((rank) => (rank > 0 ? 1 / rank : 0)),
  };
}

/** Precision, recall and F1 of one list question, as shares; an answer is right in any of its forms. */
export function listScore(answers: readonly string[], gold: readonly (readonly string[])[]) {
  const isRight = (forms: readonly string[], answer: string) =>
    forms.some((form) => plain(form) === plain(answer));
  const found = gold.filter((forms) => answers.some((answer) => isRight(forms, answer))).length;
  const right = answers.filter((answer) => gold.some((forms) => isRight(forms, answer))).length;
  const precision = answers.length > 0 ? right / answers.length : 0;
  const recall = gold.length > 0 ? found / gold.length : 0;
  const both = precision + recall;
  return { precision, recall, f1: both > 0 ? (2 * precision * recall) / both : 0 };
}

/** Exact match and token F1 of one question, as shares, by the rule of SQuAD v1.1. */
export function squadScore(answer: string, forms: readonly string[]): { exact: number; f1: number } {
  const exact = forms.some((form) => squadWords(form).join(' ') === squadWords(answer).join(' '));
  return { exact: exact ? 1 : 0, f1: Math.max(0, ...forms.map((form) => tokenF1(answer, form))) };
}

function tokenF1(answer: string, form: string): number {
  const [left, right] = [squadWords(answer), squadWords(form)];
  const rest = [...right];
  const same = left.filter((word) => {
    const at = rest.indexOf(word);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
  return same > 0 ? (2 * same) / (left.length + right.length) : 0;
}

function squadWords(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, '')
    .replace(/\b(?:a|an|the)\b/g, ' ');
  return words.split(/\s+/).filter((word) => word !== '');
}

export interface VerdictScores {
  readonly accuracy: number;
  readonly macroF1: number;
}

export function verdictScores(
  pairs: readonly { readonly said: string; readonly gold: string }[],
  classes: readonly string[],
): VerdictScores {
  const f1 = classes.map((name) => {
    const right = pairs.filter(({ said, gold }) => said === name && gold === name).length;
    const named = sum(pairs.map(({ said, gold }) => Number(said === name) + Number(gold === name)));
    return named > 0 ? (2 * right) / named : 0;
  });
  const right = pairs.filter(({ said, gold }) => said === gold).length;
  return { accuracy: (100 * right) / Math.max(1, pairs.length), macroF1: (100 * sum(f1)) / classes.length };
}

export interface RetrievalScores {
  /** Mean share of a question's passages among the first 5 and 20. */
  readonly recall5: number;
  readonly recall20: number;
  readonly mrr: number;
}

/** @param rankings For each question, the ranks from 1 at which its passages were found, and how many it has. */
export function retrievalScores(
  rankings: readonly { readonly ranks: readonly number[]; readonly relevant: number }[],
): RetrievalScores {
  const mean = (value: (ranks: readonly number[], relevant: number) => number) =>
    (100 * sum(rankings.map(({ ranks, relevant }) => value(ranks, relevant)))) / Math.max(1, rankings.length);
  const recall = (limit: number) =>
    mean((ranks, relevant) => ranks.filter((rank) => rank <= limit).length / Math.min(limit, relevant));
  return {
    recall5: recall(5),
    recall20: recall(20),
    mrr: mean((ranks) => (ranks.length > 0 ? 1 / Math.min(...ranks) : 0)),
  };
}

/** How often the answers are right among the share of questions that the model is surest of. */
export function riskCoverage(
  judged: readonly { readonly noAnswer: number; readonly right: boolean }[],
): { coverage: number; right: number }[] {
  const surest = [...judged].sort((a, b) => a.noAnswer - b.noAnswer);
  return [20, 40, 60, 80, 100].map((coverage) => {
    const kept = surest.slice(0, Math.max(1, Math.round((coverage * surest.length) / 100)));
    return { coverage, right: (100 * kept.filter(({ right }) => right).length) / Math.max(1, kept.length) };
  });
}

/** Probability that an answerable question gets a lower `noAnswer` than one that is not: area under the ROC curve. */
export function separation(answerable: readonly number[], unanswerable: readonly number[]): number {
  const wins = answerable.map((a) => sum(unanswerable.map((b) => (a < b ? 1 : a === b ? 0.5 : 0))));
  return (100 * sum(wins)) / Math.max(1, answerable.length * unanswerable.length);
}

function plain(text: string): string {
  return text.toLowerCase().trim().replace(/\s+/g, ' ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
