import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { splitPassages } from '../../../../src/core/questions/splitPassages';
import type { DocumentFormat, Entity } from '../../../../src/core/types';
import { draftRelation } from '../../../../src/editor/relations/relationDraft';

const text =
  'Title here.\n\nGefitinib inhibits **EGFR** in lung cancer. Later, TP53 was lost. Nothing else.\n';

function spanOf(words: string) {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
}

function entity(name: string, type: string): Entity {
  return { ...spanOf(name), text: name, name, type, probability: 0.9 };
}

const entities = [
  entity('Gefitinib', 'Chemical'),
  entity('EGFR', 'Gene'),
  entity('lung cancer', 'Disease'),
  entity('TP53', 'Gene'),
];

function draft(selections: readonly { start: number; end: number }[], format: DocumentFormat = 'markdown') {
  const passages = splitPassages(parseDocument(text, format).segments);
  return draftRelation(text, passages, entities, selections);
}

function named(result: ReturnType<typeof draft>) {
  if (typeof result === 'string') return result;
  const { start, end } = result.evidence;
  return [result.names.map(({ name, type }) => `${name}:${type}`).join(' '), text.slice(start, end)];
}

const sentence = 'Gefitinib inhibits **EGFR** in lung cancer.';

describe('draftRelation', () => {
  it('takes two selected names in document order, with the types of their marks', () => {
    expect(named(draft([spanOf('EGFR'), spanOf('Gefitinib ')]))).toEqual([
      'Gefitinib:Chemical EGFR:Gene',
      sentence,
    ]);
  });

  it('leaves the type of an unmarked name open and extends a part of a marked name to the whole', () => {
    expect(named(draft([spanOf('inhibits'), spanOf('cancer')]))).toEqual([
      'inhibits:undefined lung cancer:Disease',
      sentence,
    ]);
  });

  it('takes all marked names of the sentence at the caret or of the selected sentence', () => {
    const all = ['Gefitinib:Chemical EGFR:Gene lung cancer:Disease', sentence];
    expect(named(draft([{ start: 30, end: 30 }]))).toEqual(all);
    expect(named(draft([spanOf(sentence)]))).toEqual(all);
  });

  it('combines one selected name with the marked names of its sentence', () => {
    expect(named(draft([spanOf('inhibits')]))).toEqual([
      'Gefitinib:Chemical inhibits:undefined EGFR:Gene lung cancer:Disease',
      sentence,
    ]);
  });

  it('takes the text from the first to the last sentence as evidence', () => {
    expect(named(draft([spanOf('EGFR'), spanOf('TP53')]))).toEqual([
      'EGFR:Gene TP53:Gene',
      `${sentence} Later, TP53 was lost.`,
    ]);
  });

  it('explains why there is no draft', () => {
    expect(draft([spanOf('EGFR'), spanOf('TP53'), spanOf('Later')])).toBe('too-many');
    expect(draft([spanOf('TP53')])).toBe('too-few');
    expect(draft([{ start: text.length, end: text.length }])).toBe('no-sentence');
    expect(draft([])).toBe('no-sentence');
    expect(draftRelation('', [], [], [{ start: 0, end: 0 }])).toBe('no-sentence');
  });
});
