import { nearest, fuseRankings } from '../../../src/core/questions/rank';
import { minAnswerable, type Reader } from '../../../src/core/questions/reader';
import { PassageSearch } from '../../../src/core/questions/search';
import {
  type BioasqYear,
  developmentSets,
  type GoldQuestion,
  type GoldVerdict,
  readBioasq,
  readBioasqAbstracts,
  readBioasqVerdicts,
  readDevelopment,
  readBlurb,
  readPassages,
  readPubmedqa,
  readSnippets,
  readXquad,
} from './corpora';
import {
  factoidScores,
  listScore,
  ranked,
  retrievalScores,
  rightRank,
  riskCoverage,
  separation,
  squadScore,
  verdictScores,
} from './scores';

/** One row of the table: a set, how many questions, and its figures in percent. */
export interface Figures {
  readonly set: string;
  readonly questions: number;
  readonly figures: Readonly<Record<string, number>>;
}

export const years: readonly BioasqYear[] = ['4b', '5b', '7b'];

/** Number of snippets of a question that are read in a development set, so that a run takes minutes. */
const developmentPassages = 12;

export interface MeasureOptions {
  readonly root: string;
  readonly years: readonly BioasqYear[];
  /** Number of questions of each set. Default: all. */
  readonly limit?: number | undefined;
  /** A file of passages, one a line, that are searched beside the snippets. */
  readonly among?: string | undefined;
}

/** By name, what is measured. Each goes through the reader of the product: text in, answers out. */
export const measures: Readonly<
  Record<string, (reader: Reader, options: MeasureOptions) => Promise<Figures[]>>
> = {
  bioasq: async (reader, options) => {
    const rows: Figures[] = [];
    for (const year of options.years) {
      const abstracts = first(await readBioasqAbstracts(options.root, year), options);
      rows.push(await factoids(reader, `BioASQ ${year} factoid, abstracts`, abstracts));
      const snippets = first(await readBioasq(options.root, year, 'factoid'), options);
      rows.push(await factoids(reader, `BioASQ ${year} factoid, snippets`, snippets));
      const lists = first(await readBioasq(options.root, year, 'list'), options);
      rows.push(await listQuestions(reader, `BioASQ ${year} list, snippets`, lists));
    }
    return rows;
  },
  development: async (reader, options) => {
    const rows: Figures[] = [];
    for (const set of developmentSets) {
      for (const kind of ['factoid', 'list'] as const) {
        const all = await readDevelopment(options.root, set, kind);
        const answerable = all.filter((item) => item.passages.length > 0 && item.answers.flat().length > 0);
        const some = first(answerable, options).map((each) => ({
          ...each,
          passages: each.passages.slice(0, developmentPassages),
        }));
        const measure = kind === 'factoid' ? factoids : listQuestions;
        rows.push(await measure(reader, `BioASQ ${set} ${kind}, snippets`, some));
      }
    }
    return rows;
  },
  yesno: async (reader, options) => {
    const blurb = first(await readBlurb(options.root), options);
    const rows = [await verdicts(reader, 'BLURB yes-no test', blurb, ['yes', 'no'])];
    for (const year of options.years) {
      const own = first(await readBioasqVerdicts(options.root, year), options);
      rows.push(await verdicts(reader, `BioASQ ${year} yes-no, snippets`, own, ['yes', 'no']));
    }
    return rows;
  },
  pubmedqa: async (reader, options) => {
    const test = first(await readPubmedqa(options.root), options);
    return [
      await verdicts(reader, 'PubMedQA test', test, ['yes', 'no', 'maybe']),
      await verdicts(reader, 'PubMedQA test, yes or no', test, ['yes', 'no']),
    ];
  },
  xquad: async (reader, options) => [await squad(reader, first(await readXquad(options.root), options))],
  retrieval: async (reader, options) => retrieval(reader, options),
};

function first<T>(items: readonly T[], { limit }: MeasureOptions): readonly T[] {
  return items.slice(0, limit);
}

async function factoids(reader: Reader, set: string, questions: readonly GoldQuestion[]): Promise<Figures> {
  const ranks: number[] = [];
  const judged: { noAnswer: number; right: boolean }[] = [];
  const foreign: number[] = [];
  const shown = { own: 0, foreign: 0 };
  for (const [index, { question, passages, answers }] of questions.entries()) {
    const asked = { question, kind: 'factoid' as const, maxAnswers: ranked, minProbability: 0 };
    const own = await readTexts(reader, asked, passages);
    const rank = rightRank(own.answers, answers.flat());
    ranks.push(rank);
    judged.push({ noAnswer: own.noAnswer, right: rank === 1 });
    if (isShown(own.noAnswer)) shown.own += 1;
    // The passages of the next question answer this one only by chance.
    const others = questions[(index + 1) % questions.length]?.passages.slice(0, 3) ?? [];
    const { noAnswer } = await readTexts(reader, asked, others);
    foreign.push(noAnswer);
    if (isShown(noAnswer)) shown.foreign += 1;
  }
  const coverage = riskCoverage(judged).map(
    ({ coverage: share, right }) => [`strict@${share}`, right] as const,
  );
  const own = judged.map(({ noAnswer }) => noAnswer);
  return {
    set,
    questions: questions.length,
    figures: {
      ...factoidScores(ranks),
      ...Object.fromEntries(coverage),
      'AUC no answer': separation(own, foreign),
      kept: (100 * shown.own) / questions.length,
      declined: 100 - (100 * shown.foreign) / questions.length,
    },
  };
}

/** Whether the product shows an answer, with the limit that it has by default. */
function isShown(noAnswer: number): boolean {
  return 1 - noAnswer >= minAnswerable.factoid;
}

async function readTexts(
  reader: Reader,
  asked: Omit<Parameters<Reader['read']>[0], 'passages'>,
  texts: readonly string[],
): Promise<{ readonly answers: readonly string[]; readonly noAnswer: number }> {
  if (texts.length === 0) return { answers: [], noAnswer: 1 };
  // A model that never says "no answer" claims that there always is one.
  const { answers, noAnswer = 0 } = await reader.read({
    ...asked,
    passages: texts.map((text) => ({ text })),
  });
  return { answers: answers.map(({ text }) => text), noAnswer };
}

async function listQuestions(
  reader: Reader,
  set: string,
  questions: readonly GoldQuestion[],
): Promise<Figures> {
  const total = { precision: 0, recall: 0, f1: 0 };
  for (const { question, passages, answers } of questions) {
    const { answers: found } = await readTexts(reader, { question, kind: 'list' }, passages);
    const score = listScore(found, answers);
    for (const key of ['precision', 'recall', 'f1'] as const) {
      total[key] += (100 * score[key]) / questions.length;
    }
  }
  return { set, questions: questions.length, figures: total };
}

async function verdicts(
  reader: Reader,
  set: string,
  questions: readonly GoldVerdict[],
  classes: readonly ('yes' | 'no' | 'maybe')[],
): Promise<Figures> {
  const pairs: { said: string; gold: string }[] = [];
  for (const { question, passages, verdict: gold } of questions) {
    if (passages.length === 0) continue;
    const { verdict } = await reader.read({
      question,
      kind: 'yesno',
      passages: passages.map((text) => ({ text })),
    });
    const scores = { yes: verdict?.yes ?? 0, no: verdict?.no ?? 0, maybe: verdict?.open ?? 0 };
    const said = [...classes].sort((a, b) => scores[b] - scores[a])[0] ?? '';
    pairs.push({ said, gold });
  }
  return { set, questions: pairs.length, figures: { ...verdictScores(pairs, classes) } };
}

async function squad(reader: Reader, questions: readonly GoldQuestion[]): Promise<Figures> {
  const total = { exact: 0, f1: 0 };
  for (const { question, passages, answers } of questions) {
    const asked = { question, kind: 'factoid' as const, maxAnswers: 1, minProbability: 0 };
    const { answers: found } = await readTexts(reader, asked, passages);
    const score = squadScore(found[0] ?? '', answers.flat());
    total.exact += (100 * score.exact) / questions.length;
    total.f1 += (100 * score.f1) / questions.length;
  }
  return { set: 'XQuAD-en', questions: questions.length, figures: total };
}

/** Passages that each ranking contributes to the fused one. */
const fused = 100;

/** Snippets of the asked years, found among those of all years and other passages: by words, by meaning, by both. */
async function retrieval(reader: Reader, options: MeasureOptions): Promise<Figures[]> {
  const { root, years: asked, limit, among } = options;
  const all = await Promise.all(years.map((year) => readSnippets(root, year)));
  const others = among === undefined ? [] : await readPassages(among);
  const texts = [...new Set([...all.flat().flatMap(({ passages }) => passages), ...others])];
  const search = new PassageSearch<number>();
  for (const [index, text] of texts.entries()) search.add(index, text);
  const vectors = await reader.embed(texts);
  const places = new Map(texts.map((text, index) => [text, index]));
  const rows: Figures[] = [];
  for (const year of asked) {
    const questions = (all[years.indexOf(year)] ?? []).slice(0, limit).filter((q) => q.passages.length > 0);
    const asking = await reader.embed(questions.map(({ question }) => question));
    const rankings = questions.map(({ question }, index) => {
      const byWords = search.search(question, fused);
      const byMeaning = nearest(asking[index] ?? new Float32Array(), vectors, fused);
      return { BM25: byWords, embeddings: byMeaning, fused: fuseRankings([byWords, byMeaning], fused) };
    });
    for (const name of ['BM25', 'embeddings', 'fused'] as const) {
      const found = questions.map(({ passages }, index) => {
        const own = new Set(passages.map((text) => places.get(text)));
        const ranks = (rankings[index]?.[name] ?? []).flatMap((id, rank) => (own.has(id) ? [rank + 1] : []));
        return { ranks, relevant: own.size };
      });
      const set = `retrieval ${year} among ${texts.length}, ${name}`;
      rows.push({ set, questions: questions.length, figures: { ...retrievalScores(found) } });
    }
  }
  return rows;
}
