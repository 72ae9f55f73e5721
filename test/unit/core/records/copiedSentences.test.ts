import { describe, expect, it } from 'vitest';
import { sentenceKeys } from '../../../../src/core/records/copiedSentences';

const title = 'Gefitinib in patients with advanced lung cancer';
const sentence = (text: string, publication?: string, citation?: string) => ({ text, publication, citation });

describe('sentenceKeys', () => {
  it.each([
    ['in two databases', 'Gefitinib inhibits EGFR.', 'Gefitinib inhibits EGFR.'],
    ['with the label of a section', 'RESULTS: Gefitinib inhibits EGFR.', 'Gefitinib inhibits EGFR.'],
    ['with other signs', 'Gefitinib (“ZD1839”)  inhibits EGFR', 'gefitinib ("ZD1839") inhibits EGFR.'],
  ])('are equal for a sentence of one paper %s', (_name, first, second) => {
    const [a, b] = sentenceKeys([
      sentence(first, `Kaplan 2019, ${title}`, '31'),
      sentence(second, title, '10.1000/x'),
    ]);
    expect(a).toBeDefined();
    expect(a).toBe(b);
  });

  it('differ for the same words in two papers, and for two sentences of a paper', () => {
    const text = 'Gefitinib inhibits EGFR.';
    const keys = sentenceKeys([
      sentence(text, `Kaplan 2019, ${title}`, '31'),
      sentence(text, `Kaplan 2018, ${title}`, '32'),
      sentence('Gefitinib inhibits HER2.', `Kaplan 2019, ${title}`, '31'),
    ]);
    expect(new Set(keys).size).toBe(3);
  });

  it('keep a statement that only looks like a label', () => {
    const of = (text: string) => sentence(text, `Kaplan 2019, ${title}`, '31');
    const [a, b] = sentenceKeys([of('EGFR: erlotinib.'), of('EGFR: gefitinib.')]);
    expect(a).not.toBe(b);
  });

  it('are undefined for a draft that names no publication', () => {
    expect(sentenceKeys([sentence('Gefitinib inhibits EGFR.')])).toEqual([undefined]);
  });
});
