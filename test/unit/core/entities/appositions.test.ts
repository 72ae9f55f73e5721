import { describe, expect, it } from 'vitest';
import { type ConceptsOf, markAppositions } from '../../../../src/core/entities/appositions';
import type { DecodedSpan } from '../../../../src/core/entities/spanCache';

/** Each concept with its type and its names. */
const concepts: readonly (readonly [string, readonly string[]])[] = [
  ['Chemical', ['imatinib', 'STI571', 'Gleevec', 'Glivec']],
  ['Chemical', ['dasatinib', 'Sprycel']],
  ['Gene', ['HER2', 'ERBB2', 'neu', 'HER2 receptor']],
  ['Disease', ['NSCLC', 'non-small cell lung cancer']],
];

const conceptsOf: ConceptsOf = (name, type) =>
  concepts.flatMap(([own, names], concept) =>
    own === type && names.some((each) => each.toLowerCase() === name.toLowerCase()) ? [concept] : [],
  );

/** Marks `[names]` with their probability in a text, and returns what is marked afterwards. */
function marked(
  text: string,
  ...known: readonly (readonly [name: string, type: string, probability?: number])[]
): readonly string[] {
  const spans = known.map(([name, type, probability = 0.9]): DecodedSpan => {
    const start = text.indexOf(name);
    return { start, end: start + name.length, type, probability };
  });
  const found = markAppositions(spans, text, conceptsOf);
  expect(found).toEqual(found.toSorted((a, b) => a.start - b.start));
  return found
    .filter(({ probability }) => probability >= 0.4)
    .map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);
}

describe('markAppositions', () => {
  it('marks the other names of a drug in the bracket behind it, but no company', () => {
    const text = 'Imatinib (STI571, Gleevec, Glivec; Novartis) was given.';
    expect(marked(text, ['Imatinib', 'Chemical'], ['STI571', 'Chemical'])).toEqual([
      'Chemical Imatinib',
      'Chemical STI571',
      'Chemical Gleevec',
      'Chemical Glivec',
    ]);
  });

  it.each([
    ['HER2 (ERBB2, neu) is amplified.', 'HER2', 'Gene', ['Gene HER2', 'Gene ERBB2', 'Gene neu']],
    ['HER2 (also known as ERBB2 or neu).', 'HER2', 'Gene', ['Gene HER2', 'Gene ERBB2', 'Gene neu']],
    [
      'In NSCLC [non-small cell lung cancer].',
      'NSCLC',
      'Disease',
      ['Disease NSCLC', 'Disease non-small cell lung cancer'],
    ],
    [
      'We gave Gleevec (imatinib, STI571).',
      'imatinib',
      'Chemical',
      ['Chemical Gleevec', 'Chemical imatinib', 'Chemical STI571'],
    ],
    [
      'We gave imatinib, STI571, and waited.',
      'imatinib',
      'Chemical',
      ['Chemical imatinib', 'Chemical STI571'],
    ],
    [
      'We gave imatinib (marketed as "Gleevec®").',
      'imatinib',
      'Chemical',
      ['Chemical imatinib', 'Chemical Gleevec'],
    ],
  ] as const)('marks the names in %j', (text, name, type, expected) => {
    expect(marked(text, [name, type])).toEqual(expected);
  });

  it.each([
    ['names of another concept', 'imatinib (dasatinib, Sprycel)', 'imatinib', 'Chemical'],
    ['an abbreviation alone', 'non-small cell lung cancer (NSCLC)', 'non-small cell lung cancer', 'Disease'],
    ['names of another type', 'HER2 (imatinib)', 'imatinib', 'Gene'],
    ['a part of an item', 'imatinib (STI571 plus water)', 'imatinib', 'Chemical'],
    ['names that are not in the list', 'imatinib was better (Gleevec)', 'imatinib', 'Chemical'],
  ] as const)('leaves out %s', (_case, text, name, type) => {
    expect(marked(text, [name, type])).toEqual([`${type} ${name}`]);
  });

  it('leaves out names beside an improbable one', () => {
    expect(marked('imatinib (Gleevec)', ['imatinib', 'Chemical', 0.2])).toEqual([]);
  });

  it('replaces improbable spans, but no probable ones', () => {
    const text = 'imatinib (Gleevec, Glivec)';
    expect(marked(text, ['imatinib', 'Chemical'], ['Gleevec', 'Gene', 0.1], ['Glivec', 'Gene', 0.8])).toEqual(
      ['Chemical imatinib', 'Chemical Gleevec', 'Gene Glivec'],
    );
  });
});
