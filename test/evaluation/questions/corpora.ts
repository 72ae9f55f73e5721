/** Readers of the question corpora, in the folders and files that their repositories have. */
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { type Guard, isArrayOf, isOptional, isRecord, isShape, isString } from '../../../src/protocol/guards';
import { decodeBytes } from '../../../src/core/text/decodeBytes';
import { fileError } from '../../../src/runtime/documents/fileErrors';

/** A question with the texts to read and what is right. */
export interface GoldQuestion {
  readonly id: string;
  readonly question: string;
  readonly passages: readonly string[];
  /** The answers to factoid and list questions, each with all its forms. */
  readonly answers: readonly (readonly string[])[];
}

export interface GoldVerdict {
  readonly question: string;
  readonly passages: readonly string[];
  readonly verdict: 'yes' | 'no' | 'maybe';
}

interface BioasqItem {
  readonly id: string;
  readonly body: string;
  readonly type: string;
  readonly snippets: readonly { readonly text: string }[];
}

interface SquadParagraph {
  readonly context: string;
  readonly qas: readonly {
    readonly id: string;
    readonly question: string;
    readonly answers?: readonly { readonly text: string }[] | undefined;
  }[];
}

const isSnippet = isShape<{ readonly text: string }>({ text: isString });
const isBioasq = isShape<{ readonly questions: readonly BioasqItem[] }>({
  questions: isArrayOf(
    isShape<BioasqItem>({
      id: isString,
      body: isString,
      type: isString,
      snippets: isArrayOf(isSnippet),
    }),
  ),
});
const isSquad = isShape<{ readonly data: readonly { readonly paragraphs: readonly SquadParagraph[] }[] }>({
  data: isArrayOf(
    isShape<{ readonly paragraphs: readonly SquadParagraph[] }>({
      paragraphs: isArrayOf(
        isShape<SquadParagraph>({
          context: isString,
          qas: isArrayOf(
            isShape<SquadParagraph['qas'][number]>({
              id: isString,
              question: isString,
              answers: isOptional(isArrayOf(isSnippet)),
            }),
          ),
        }),
      ),
    }),
  ),
});

export type BioasqYear = '4b' | '5b' | '7b';

/** Sets that the shipped model was not trained on and that are no test set: choices are made on them. */
export type DevelopmentSet = '12b' | '6b-train';

export const developmentSets: readonly DevelopmentSet[] = ['12b', '6b-train'];

/** Golden questions of a year of the kind `factoid` or `list`, with their snippets. */
export async function readBioasq(root: string, year: BioasqYear, kind: 'factoid' | 'list') {
  return goldQuestions(await golden(root, year), kind);
}

function goldQuestions(questions: readonly BioasqItem[], kind: 'factoid' | 'list'): GoldQuestion[] {
  return questions.flatMap((item): GoldQuestion[] => {
    if (item.type !== kind) return [];
    const forms = formsOf(exactOf(item));
    const answers = kind === 'factoid' ? [forms.flat()] : forms;
    return [{ id: item.id, question: item.body, passages: snippetsOf(item), answers }];
  });
}

/** Factoid or list questions of a development set, with their snippets. */
export async function readDevelopment(
  root: string,
  set: DevelopmentSet,
  kind: 'factoid' | 'list',
): Promise<GoldQuestion[]> {
  if (set === '6b-train') return readExtracted(root, kind);
  const folder = path.join(root, 'qa2/BioASQ_12b_golden/data/BioASQ-12b/goldset');
  const batches = await Promise.all(
    [1, 2, 3, 4].map((batch) => readJson(path.join(folder, `12B${batch}_golden.json`), isBioasq)),
  );
  return goldQuestions(
    batches.flatMap(({ questions }) => questions),
    kind,
  );
}

interface ExtractedItem {
  readonly type: string;
  readonly question: string;
  readonly answers: readonly unknown[];
  readonly snippets: readonly string[];
}

const isExtracted = isArrayOf(
  isShape<ExtractedItem>({
    type: isString,
    question: isString,
    answers: isArrayOf((value): value is unknown => value !== undefined),
    snippets: isArrayOf(isString),
  }),
);

/** Questions of the official training set of 6b that the files of the years lack. */
async function readExtracted(root: string, kind: 'factoid' | 'list'): Promise<GoldQuestion[]> {
  const file = path.join(root, 'qa2/BioASQ_train6b_factoid_list/questions.json');
  const items = (await readJson(file, isExtracted)).filter(({ type }) => type === kind);
  return items.map(({ question, answers, snippets }, index) => {
    const forms = formsOf(answers);
    return {
      id: `6b-train-${index}`,
      question,
      passages: [...new Set(snippets.map((text) => text.trim()))],
      answers: kind === 'factoid' ? [forms.flat()] : forms,
    };
  });
}

/** Factoid questions with the abstracts of the file that the BioBERT paper evaluates. */
export async function readBioasqAbstracts(root: string, year: BioasqYear): Promise<GoldQuestion[]> {
  const file = path.join(root, 'qa/BioASQ', `BioASQ-test-factoid-${year}.json`);
  const contexts = new Map<string, string[]>();
  for (const { context, qas } of paragraphsOf(await readJson(file, isSquad))) {
    const id = qas[0]?.id.replace(/_[^_]*$/, '') ?? '';
    const own = contexts.get(id) ?? [];
    if (!own.includes(context)) contexts.set(id, [...own, context]);
  }
  const questions = await readBioasq(root, year, 'factoid');
  return questions.map((question) => ({ ...question, passages: contexts.get(question.id) ?? [] }));
}

/** Yes-no questions of a year with their snippets. */
export async function readBioasqVerdicts(root: string, year: BioasqYear): Promise<GoldVerdict[]> {
  const questions = await golden(root, year);
  return questions.flatMap((item) => {
    const verdict = String(exactOf(item)).toLowerCase().replace('.', '').trim();
    if (item.type !== 'yesno' || !isVerdict(verdict)) return [];
    return [{ question: item.body, passages: snippetsOf(item), verdict }];
  });
}

/** All questions of a year with their snippets, for retrieval. */
export async function readSnippets(root: string, year: BioasqYear): Promise<GoldQuestion[]> {
  const questions = await golden(root, year);
  return questions.map((item) => ({
    id: item.id,
    question: item.body,
    passages: snippetsOf(item),
    answers: [],
  }));
}

/** The yes-no questions of BLURB: the snippets of a question in one text. */
export async function readBlurb(root: string): Promise<GoldVerdict[]> {
  const text = await readText(path.join(root, 'qa/BioASQ_blurb_yesno/test.tsv'));
  return text.split('\n').flatMap((line) => {
    const [, question, context, verdict = ''] = line.trimEnd().split('\t');
    if (question === undefined || context === undefined || !isVerdict(verdict)) return [];
    return [{ question, passages: [context], verdict }];
  });
}

/** The official 500 test questions of PubMedQA with their abstracts. */
export async function readPubmedqa(root: string): Promise<GoldVerdict[]> {
  const folder = path.join(root, 'qa/PubMedQA_PQA-L');
  const items = await readJson(path.join(folder, 'ori_pqal.json'), isRecord);
  const test = await readJson(path.join(folder, 'test_ground_truth.json'), isRecord);
  return Object.entries(test).flatMap(([number, verdict]) => {
    const item = items[number];
    if (!isPubmedqaItem(item) || !isString(verdict) || !isVerdict(verdict)) return [];
    return [{ question: item.QUESTION, passages: [item.CONTEXTS.join(' ')], verdict }];
  });
}

const isPubmedqaItem = isShape<{ readonly QUESTION: string; readonly CONTEXTS: readonly string[] }>({
  QUESTION: isString,
  CONTEXTS: isArrayOf(isString),
});

/** Questions of the English XQuAD, one paragraph each. */
export async function readXquad(root: string): Promise<GoldQuestion[]> {
  const json = await readJson(path.join(root, 'qa/XQuAD_en/xquad.en.json'), isSquad);
  return paragraphsOf(json).flatMap(({ context, qas }) =>
    qas.map(({ id, question, answers = [] }) => ({
      id,
      question,
      passages: [context],
      answers: [answers.map(({ text }) => text)],
    })),
  );
}

/** Reads the passages of a text file, one a line; empty lines are skipped. */
export async function readPassages(file: string): Promise<readonly string[]> {
  const lines = (await readText(file)).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function paragraphsOf({
  data,
}: {
  readonly data: readonly { readonly paragraphs: readonly SquadParagraph[] }[];
}) {
  return data.flatMap(({ paragraphs }) => paragraphs);
}

async function golden(root: string, year: BioasqYear): Promise<readonly BioasqItem[]> {
  const file = path.join(root, 'qa/BioASQ', `${year.toUpperCase()}_golden.json`);
  return (await readJson(file, isBioasq)).questions;
}

/** A verdict, a list of names, or a list of lists: by the kind of question. */
function exactOf(item: object): unknown {
  return 'exact_answer' in item ? item.exact_answer : undefined;
}

function snippetsOf({ snippets }: BioasqItem): string[] {
  return [...new Set(snippets.map(({ text }) => text.trim()))].filter((text) => text !== '');
}

function formsOf(exact: unknown): string[][] {
  const items: readonly unknown[] = Array.isArray(exact) ? exact : [];
  return items.map((item) => (Array.isArray(item) ? item.filter(isString) : isString(item) ? [item] : []));
}

function isVerdict(value: string): value is GoldVerdict['verdict'] {
  return value === 'yes' || value === 'no' || value === 'maybe';
}

async function readJson<T>(file: string, guard: Guard<T>): Promise<T> {
  const json: unknown = JSON.parse(await readText(file));
  if (guard(json)) return json;
  throw new Error(`${path.basename(file)} is of another form`);
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, 'read');
  });
  return decodeBytes(bytes).text;
}
