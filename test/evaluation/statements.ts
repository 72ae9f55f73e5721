/** Measures relations by kind, on sentences and paragraphs that were written to state them. */
import { BioBertError, errorCodes } from '../../src/core/errors';
import { parseDocument } from '../../src/core/documents/parse';
import { groupBy } from '../../src/core/groupBy';
import { createTagger } from '../../src/core/entities/pipeline';
import { createRelater } from '../../src/core/relations/relate';
import type { Relation, RelationType } from '../../src/core/types';
import { linesByHeading, type MarkedSentence, readMarkedLine } from './markedSentences';
import { entityAt } from './relationCorpus';
import type { RelationMeasure } from './relations';
import { type Counts, type Score, scoreOf, sumOf } from './score';

/** A relation that a text states, by the names as they stand in it. */
export interface StatedRelation {
  /** Several types if guidelines differ; each of them counts as right. */
  readonly types: readonly RelationType[];
  readonly subject: string;
  readonly object: string;
  /** Telling it is neither right nor wrong. */
  readonly isUnsettled: boolean;
}

export interface Statement {
  /** The last line with `#` above it. */
  readonly kind: string;
  readonly text: string;
  readonly names: MarkedSentence['names'];
  /** Empty: nothing is stated of any two of the names. */
  readonly relations: readonly StatedRelation[];
}

/**
 * Reads texts with marked names as `readMarkedLine` does, one a line; after a tab what they state, as
 * `induces: Amiodarone > pulmonary fibrosis; binds|associated: MDM2 > p53`, an unsettled one as `treats?: …`.
 * @throws {BioBertError} ARGUMENT_INVALID with the number of the line that breaks the format.
 */
export function readStatements(file: string): readonly Statement[] {
  return Array.from(linesByHeading(file), ({ heading, line, index }) => {
    const [marked = '', stated = ''] = line.split('\t');
    const { text, names } = readMarkedLine(marked, index);
    const known = new Set(names.map(({ start, end }) => text.slice(start, end)));
    const relations = stated === '' ? [] : stated.split('; ').map((each) => readRelation(each, known, index));
    return { kind: heading, text, names, relations };
  });
}

function readRelation(stated: string, known: ReadonlySet<string>, index: number): StatedRelation {
  const [, types = '', doubt, subject = '', object = ''] = /^([^:?]+)(\??): (.+) > (.+)$/.exec(stated) ?? [];
  if (types === '') throw invalid(index, `has "${stated}", which is no relation`);
  for (const name of [subject, object]) {
    if (!known.has(name)) throw invalid(index, `relates "${name}", which is no marked name`);
  }
  return { types: types.split('|'), subject, object, isUnsettled: doubt === '?' };
}

function invalid(index: number, what: string): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `Line ${index + 1} ${what}.`,
    'Write a relation as "induces: Amiodarone > pulmonary fibrosis", its names as they are marked.',
  );
}

export interface StatementMistake {
  readonly kind: 'missed' | 'wrong';
  /** `type: subject > object`. */
  readonly relation: string;
  readonly text: string;
}

export interface StatementResult {
  /** By kind, in the order of the file; last all of them. */
  readonly scores: readonly Score[];
  readonly mistakes: readonly StatementMistake[];
}

/** Reads each text as a document of its own, through the parser and the stages that ship. */
export async function measureStatements(
  statements: readonly Statement[],
  { relations: model, tagger, minProbability }: Omit<RelationMeasure, 'match'>,
): Promise<StatementResult> {
  const { tokenizer, config } = model;
  const relater = createRelater({ model, tokenizer, config });
  const finder = tagger && createTagger({ ...tagger, model: tagger });
  const judged: (ReturnType<typeof judgeStatement> & Pick<Statement, 'kind'>)[] = [];
  for (const statement of statements) {
    const { segments } = parseDocument(statement.text, 'plain');
    const entities = finder
      ? (await finder.tag(statement.text, segments)).entities
      : statement.names.map(({ start, end, type }) => entityAt(statement.text, start, end, type));
    const { relations } = await relater.relate({ segments, entities }, { minProbability });
    judged.push({ kind: statement.kind, ...judgeStatement(statement, relations) });
  }
  const kinds = [...groupBy(judged, ({ kind }) => kind), ['all', judged] as const];
  return {
    scores: kinds.map(([kind, own]) => scoreOf(kind, sumOf(own.map(({ counts }) => counts)))),
    mistakes: judged.flatMap(({ mistakes }) => mistakes),
  };
}

/** Compares relations with a statement. A relation that is reported as negated counts as not reported. Exported for its test. */
export function judgeStatement(
  { text, relations: stated }: Pick<Statement, 'text' | 'relations'>,
  reported: readonly Relation[],
): { readonly counts: Counts; readonly mistakes: readonly StatementMistake[] } {
  const affirmed = reported.filter(({ negated }) => negated === undefined);
  const isSaid = (gold: StatedRelation) => affirmed.some((relation) => says(relation, gold));
  const wrong = affirmed.filter((relation) => !stated.some((gold) => says(relation, gold)));
  const settled = stated.filter(({ isUnsettled }) => !isUnsettled);
  const missed = settled.filter((gold) => !isSaid(gold));
  const lineOf = (type: string, subject: string, object: string) => `${type}: ${subject} > ${object}`;
  return {
    counts: { right: settled.length - missed.length, wrong: wrong.length, missed: missed.length },
    mistakes: [
      ...wrong.map(({ type, subject, object }): StatementMistake => {
        return { kind: 'wrong', relation: lineOf(type, subject.name, object.name), text };
      }),
      ...missed.map(({ types, subject, object }): StatementMistake => {
        return { kind: 'missed', relation: lineOf(types.join('|'), subject, object), text };
      }),
    ],
  };
}

/** Between two names of one type, the order says nothing. */
function says({ type, subject, object }: Relation, gold: StatedRelation): boolean {
  const isThis = subject.name === gold.subject && object.name === gold.object;
  const isTurned = subject.name === gold.object && object.name === gold.subject;
  return gold.types.includes(type) && (isThis || (isTurned && subject.type === object.type));
}
