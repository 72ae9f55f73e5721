import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  prismaCounts,
  type PrismaColumn,
  type PrismaDecision,
  type PrismaInput,
} from '../../../../src/core/review/prisma';
import type { Choice, Phase } from '../../../../src/core/review/reviewData';

const sources = [
  { id: 's1', database: 'PubMed', kind: 'database' },
  { id: 's2', database: 'Embase', kind: 'database' },
  { id: 's3', database: 'ClinicalTrials.gov', kind: 'register' },
  { id: 's4', database: 'Citation searching', kind: 'other' },
  { id: 's5', database: 'PubMed', kind: 'database' },
] as const;

type Decisions = Readonly<Record<string, Partial<Record<Phase, PrismaDecision>>>>;

/** A review of records that are named by their source and a letter: `s1a`. */
function input(ids: string, decisions: Decisions = {}, more: Partial<PrismaInput> = {}): PrismaInput {
  return {
    sources,
    records: ids.split(' ').map((id) => ({ id, source: id.slice(0, 2) })),
    duplicateOf: new Map(),
    decision: (id, phase) => decisions[id]?.[phase],
    phases: ['title', 'abstract', 'fulltext'],
    ...more,
  };
}

const include: PrismaDecision = { choice: 'include' };
const exclude = (reason?: string): PrismaDecision => ({ choice: 'exclude', reason });

describe('prismaCounts', () => {
  it('counts the records of each database once, whatever the number of searches', () => {
    const { databases, others } = prismaCounts(input('s1a s2a s1b s3a s5a s9a'));
    expect(databases).toMatchObject({
      identified: 6,
      databases: [
        { name: 'PubMed', count: 3 },
        { name: 'Embase', count: 1 },
        { name: 's9', count: 1 },
      ],
      registers: [{ name: 'ClinicalTrials.gov', count: 1 }],
      unscreened: 6,
    });
    expect(others).toBeUndefined();
  });

  it('puts each record into one box', () => {
    const decisions: Decisions = {
      s1b: { title: exclude() },
      s1c: { title: include, abstract: exclude('old') },
      s1d: { title: include, abstract: { choice: 'maybe' } },
      s1e: { abstract: include },
      s1f: { abstract: include, fulltext: exclude(' Not  retrieved') },
      s1g: { abstract: include, fulltext: exclude('wrong dose') },
      s1h: { abstract: include, fulltext: exclude('wrong mice') },
      s1i: { abstract: include, fulltext: exclude('wrong  mice ') },
      s1j: { abstract: include, fulltext: exclude() },
      s1k: { abstract: include, fulltext: include },
      s1l: { abstract: include, fulltext: { choice: 'skip' } },
      s1m: { title: { choice: 'none' } },
    };
    const duplicateOf = new Map([['s1a', 's1b']]);
    const removed = new Map([
      ['s1n', 'automation'],
      ['s1o', 'other'],
    ] as const);
    const ids = Array.from('abcdefghijklmno', (letter) => `s1${letter}`).join(' ');
    expect(prismaCounts(input(ids, decisions, { duplicateOf, removed })).databases).toEqual({
      identified: 15,
      databases: [{ name: 'PubMed', count: 15 }],
      registers: [],
      duplicates: 1,
      automation: 1,
      otherReasons: 1,
      unscreened: 2,
      screened: 10,
      excluded: 2,
      sought: 8,
      notRetrieved: 1,
      unassessed: 2,
      assessed: 5,
      excludedReports: 4,
      reasons: [
        { name: 'wrong mice', count: 2 },
        { name: 'wrong dose', count: 1 },
        { name: '', count: 1 },
      ],
      included: 1,
    });
  });

  it('adds the studies of other methods', () => {
    const decisions = {
      s1a: { fulltext: include },
      s4a: { fulltext: include },
      s4b: { fulltext: exclude('old') },
    };
    const counts = prismaCounts(input('s1a s4a s4b', decisions));
    expect(counts).toMatchObject({
      included: 2,
      databases: { included: 1 },
      others: { identified: 2, included: 1 },
    });
  });

  it('ends with the abstracts where no full texts are read', () => {
    const decisions = { s1a: { abstract: include } };
    expect(prismaCounts(input('s1a s1b', decisions, { phases: ['abstract'] }))).toMatchObject({
      hasFullTexts: false,
      included: 1,
      databases: { unscreened: 1 },
    });
  });

  it('gives numbers that add up, for any log', () => {
    const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const ids = sources.flatMap(({ id }) => letters.map((letter) => id + letter));
    const choice = fc.constantFrom<Choice>('include', 'exclude', 'maybe', 'skip', 'none');
    const reason = fc.constantFrom('old', 'not retrieved', '', undefined);
    const decision = fc.option(fc.record({ choice, reason }), { nil: undefined });
    const phases = fc.subarray<Phase>(['title', 'abstract', 'fulltext']);
    const decisions = fc.dictionary(
      fc.constantFrom(...ids),
      fc.record({ title: decision, abstract: decision, fulltext: decision }),
      { maxKeys: 40 },
    );
    const duplicates = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(
        fc.subarray(ids, { minLength: 1 }),
        decisions,
        duplicates,
        phases,
        (used, log, pairs, order) => {
          const given = input(used.join(' '), {}, { duplicateOf: new Map(pairs), phases: order });
          const counts = prismaCounts({ ...given, decision: (id, phase) => log[id]?.[phase] });
          const columns = [counts.databases, ...(counts.others ? [counts.others] : [])];
          expect(sum(columns.map(({ identified }) => identified))).toBe(used.length);
          expect(sum(columns.map(({ included }) => included))).toBe(counts.included);
          for (const column of columns) expectSums(column);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function expectSums(column: PrismaColumn): void {
  const { databases, registers, reasons } = column;
  expect(sum([...databases, ...registers].map(({ count }) => count))).toBe(column.identified);
  expect(
    sum([column.duplicates, column.automation, column.otherReasons, column.unscreened, column.screened]),
  ).toBe(column.identified);
  expect(column.excluded + column.sought).toBe(column.screened);
  expect(column.notRetrieved + column.unassessed + column.assessed).toBe(column.sought);
  expect(column.excludedReports + column.included).toBe(column.assessed);
  expect(sum(reasons.map(({ count }) => count))).toBe(column.excludedReports);
}
