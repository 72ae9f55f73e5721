import { describe, expect, it } from 'vitest';
import { mergeContext, mergeSpans } from '../../../../src/core/questions/answers';
import { splitEnumeration } from '../../../../src/core/questions/enumeratedAnswers';
import { createSpanJudge } from '../../../../src/core/questions/spanJudge';
import type { AnswerSpan } from '../../../../src/core/questions/spans';
import { someNames } from './someNames';

function merged(question: string, texts: readonly string[], names: readonly (readonly [number, string])[]) {
  const spans = names.map(([passage, name]): AnswerSpan => {
    const start = texts[passage]?.indexOf(name) ?? -1;
    expect(start, name).toBeGreaterThanOrEqual(0);
    return { passage, start, end: start + name.length, margin: 4 };
  });
  const questions = texts.map(() => question);
  const judge = createSpanJudge({ question, texts, questions }, someNames);
  return mergeSpans(spans, mergeContext(question, texts, { judge, isList: true }));
}

describe('the names of one concept', () => {
  const texts = [
    'Sorafenib inhibits BRAF.',
    'BAY 43-9006 inhibits BRAF.',
    'In cells, sorafenib inhibits BRAF.',
    'Dasatinib inhibits BRAF.',
  ];
  const names = [
    [1, 'BAY 43-9006'],
    [0, 'Sorafenib'],
    [2, 'sorafenib'],
    [3, 'Dasatinib'],
  ] as const;

  it('are one answer, which has the most frequent name', () => {
    const [first, second] = merged('Which drugs inhibit BRAF?', texts, names);
    expect(first).toMatchObject({ text: 'Sorafenib', otherNames: ['BAY 43-9006'] });
    expect(first?.occurrences.map(({ passage }) => passage).sort()).toEqual([0, 1, 2]);
    expect(second).toMatchObject({ text: 'Dasatinib', otherNames: [] });
  });

  it('begin with an occurrence of the shown name', () => {
    const [first] = merged('Which drugs inhibit BRAF?', texts, names);
    const shown = first?.occurrences[0];
    expect(texts[shown?.passage ?? -1]?.slice(shown?.start, shown?.end)).toBe('Sorafenib');
  });

  it('count separately without a terminology', () => {
    const questions = texts.map(() => 'Which drugs inhibit BRAF?');
    const judge = createSpanJudge({ question: questions[0] ?? '', texts, questions }, undefined);
    expect(judge.conceptOf({ passage: 1, start: 0, end: 11, margin: 1 })).toBeUndefined();
  });
});

describe('splitEnumeration', () => {
  const split = (text: string) =>
    splitEnumeration({ passage: 0, start: 0, end: text.length, margin: 1 }, text).map(({ start, end }) =>
      text.slice(start, end),
    );

  it.each([
    ['ketamine, psilocybin and LSD', ['ketamine', 'psilocybin', 'LSD']],
    ['nirmatrelvir plus ritonavir', ['nirmatrelvir', 'ritonavir']],
    ['fever, cough, or rash', ['fever', 'cough', 'rash']],
    ['imatinib', ['imatinib']],
    ['imatinib (Gleevec) and dasatinib', ['imatinib (Gleevec) and dasatinib']],
    [
      'imatinib, which was the first inhibitor of the fusion protein, and dasatinib',
      ['imatinib, which was the first inhibitor of the fusion protein, and dasatinib'],
    ],
  ])('divides %s', (text, members) => expect(split(text)).toEqual(members));
});
