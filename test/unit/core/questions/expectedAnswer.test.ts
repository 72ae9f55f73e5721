import { describe, expect, it } from 'vitest';
import { expectedAnswer, fitsType } from '../../../../src/core/questions/expectedAnswer';
import type { EntityType } from '../../../../src/core/types';
import { hasValue, type ValueKind } from '../../../../src/core/questions/valueKinds';

describe('the kind of answer that a question asks for', () => {
  it.each<[question: string, value: ValueKind]>([
    ['How many had cough?', 'count'],
    ['What was the number of patients?', 'count'],
    ['What proportion of patients relapsed?', 'share'],
    ['In which year was imatinib approved?', 'year'],
    ['In what country was the trial done?', 'country'],
    ['On which chromosome is HTT?', 'chromosome'],
    ['How long does remission last?', 'quantity'],
    ['What is the half-life of digoxin?', 'quantity'],
    ['What was the 30-day mortality with placebo?', 'quantity'],
    ['When was imatinib approved?', 'date'],
  ])('is a value for %s', (question, value) => {
    expect(expectedAnswer(question)).toEqual({ kind: 'value', value });
  });

  it.each([
    ['Which drug prevents mania?', 'Chemical'],
    ['Which drugs inhibit BRAF?', 'Chemical'],
    ['List antibiotics against MRSA.', 'Chemical'],
    ['Which cancer drugs are oral?', 'Chemical'],
    ['Which endothelin receptor antagonists are used in gout?', 'Chemical'],
    ['Which kinase inhibitor is approved for melanoma?', 'Chemical'],
    ['Which gene is mutated in gout?', 'Gene'],
    ['What is the enzyme that breaks down dopamine?', 'Gene'],
    ['Which receptor tyrosine kinases are amplified?', 'Gene'],
    ['What diseases does metformin treat?', 'Disease'],
    ['What are the side effects of metformin?', 'Disease'],
    ['Which mosquitoes transmit malaria?', 'Species'],
    ['Which gene mutations are found?', 'Variant'],
    ['Which mutation confers resistance to AC220?', 'Variant'],
  ])('is a name of a type for %s', (question, type) => {
    expect(expectedAnswer(question)).toEqual({ kind: 'entity', type });
  });

  it.each([
    'What reverses warfarin?',
    'Which drug class is used in gout?',
    'What type of drug is imatinib?',
    'What is the race with the highest incidence of cancer?',
    'What is the target of imatinib?',
  ])('is open for %s', (question) => expect(expectedAnswer(question)).toBeUndefined());
});

describe('a name of a type', () => {
  it.each<[type: EntityType, expected: EntityType]>([
    ['Gene', 'Gene'],
    ['Species', 'Disease'],
    ['Gene', 'Variant'],
  ])('%s can answer a question for %s', (type, expected) => expect(fitsType(type, expected)).toBe(true));

  it.each<[type: EntityType, expected: EntityType]>([
    ['Gene', 'Chemical'],
    ['Disease', 'Species'],
    ['Variant', 'Gene'],
  ])('%s cannot answer a question for %s', (type, expected) => expect(fitsType(type, expected)).toBe(false));
});

describe('hasValue', () => {
  it.each<[kind: ValueKind, right: readonly string[], wrong: readonly string[]]>([
    ['count', ['18', '4,744 patients', 'twelve'], ['15%', 'cough', '12 per cent']],
    ['share', ['15%', '18 of 120 (15 %)', '3 in 10', 'two thirds', '0.15'], ['18', 'cough']],
    ['quantity', ['36 hours', 'twice', '0.5 mg'], ['long']],
    ['year', ['2011', 'March 2011', 'since 1998'], ['36 hours', '960 mg', '12011']],
    ['date', ['2011', 'in May', 'two weeks after birth'], ['imatinib']],
    ['country', ['Denmark', 'the United States', 'South Korea', 'UK'], ['Boston', 'Danish', 'us']],
    ['chromosome', ['chromosome 4', '17q21', 'X', '4p16.3'], ['HTT', '67 exons']],
  ])('recognises a %s', (kind, right, wrong) => {
    for (const text of right) expect(hasValue(kind, text), text).toBe(true);
    for (const text of wrong) expect(hasValue(kind, text), text).toBe(false);
  });
});
