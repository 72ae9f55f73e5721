import { describe, expect, it } from 'vitest';
import { claimSentences } from '../../../../src/core/questions/claimSentences';
import type { NameReader } from '../../../../src/core/questions/passageNames';
import { matchSpans } from '../../../../src/core/text/matchSpans';

const question = 'Does aspirin reduce the incidence of colorectal cancer?';
const texts = [
  'Aspirin was given daily. It reduced the incidence of colorectal cancer. Visits were monthly.',
  'The weather in Bergen was mild.',
];

function sentencesOf(passages: readonly string[], paperOf: (passage: number) => string = String) {
  return claimSentences({ texts: passages, questionOf: () => question, paperOf });
}

describe('the sentences for a claim', () => {
  it('are about the subject of the question, and have the sentence before them as context', () => {
    const sentences = sentencesOf(texts);
    const decisive = sentences.find(({ text }) => text.startsWith('It reduced'));
    expect(decisive).toMatchObject({ passage: 0, context: 'Aspirin was given daily.' });
    expect(decisive?.relevance).toBeGreaterThan(0.9);
    expect(texts[0]?.slice(decisive?.sentence.start, decisive?.sentence.end)).toBe(decisive?.text);
    expect(sentences.map(({ passage }) => passage)).not.toContain(1);
  });

  it('contain a sentence of a paper once, but the same sentence of two papers twice', () => {
    const twice = [texts[0] ?? '', texts[0] ?? ''];
    const count = sentencesOf(texts).length;
    expect(sentencesOf(twice, () => 'one')).toHaveLength(count);
    expect(sentencesOf(twice)).toHaveLength(2 * count);
  });

  it('are those with the highest relevance, in the order of the passages', () => {
    const many = Array.from({ length: 300 }, (_, i) =>
      i === 250 ? 'Aspirin reduced the incidence of colorectal cancer.' : `Aspirin and cancer ${i}.`,
    );
    const sentences = sentencesOf(many);
    expect(sentences.length).toBeLessThanOrEqual(120);
    expect(sentences.some(({ passage }) => passage === 250)).toBe(true);
    const order = sentences.map(({ passage }) => passage);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('leave out those that ask', () => {
    const sentences = sentencesOf([
      'Does aspirin reduce colorectal cancer? Aspirin reduces colorectal cancer.',
    ]);
    expect(sentences.map(({ text }) => text)).toEqual(['Aspirin reduces colorectal cancer.']);
  });

  it('do not exist for passages without text', () => {
    expect(sentencesOf(['', ' '])).toEqual([]);
  });

  it('weigh less in a passage that lacks a drug of the question', () => {
    const texts = ['Aspirin prevented cancer.', 'Ibuprofen prevented cancer.', 'Cancer is common.'];
    const claim = { texts, questionOf: () => 'Does aspirin prevent cancer?', paperOf: String, names: drugs };
    const relevance = new Map(claimSentences(claim).map((each) => [each.text, each.relevance]));
    expect(relevance.get('Aspirin prevented cancer.')).toBeGreaterThan(0.9);
    expect(relevance.get('Ibuprofen prevented cancer.')).toBeLessThan(0.3);
    expect(relevance.get('Cancer is common.')).toBeLessThan(0.3);
  });

  it('weigh less if they name another drug in the place of that of the question', () => {
    const texts = ['Aspirin prevented cancer. Ibuprofen prevented cancer. Cancer was prevented.'];
    const claim = { texts, questionOf: () => 'Does aspirin prevent cancer?', paperOf: String, names: drugs };
    const relevance = new Map(claimSentences(claim).map((each) => [each.text, each.relevance]));
    expect(relevance.get('Aspirin prevented cancer.')).toBeGreaterThan(0.9);
    expect(relevance.get('Ibuprofen prevented cancer.')).toBeLessThan(0.3);
    expect(relevance.get('Cancer was prevented.')).toBeGreaterThan(0.8);
  });

  it('keep their weight after a sentence that names the drug, if a word stands for it', () => {
    const texts = ['Aspirin was given. The treatment prevented cancer.', 'Cancer is common. It was treated.'];
    const claim = { texts, questionOf: () => 'Does aspirin prevent cancer?', paperOf: String, names: drugs };
    const [, treatment, common] = claimSentences(claim);
    expect(treatment?.relevance).toBeGreaterThan(0.8);
    expect(common?.relevance).toBeLessThan(0.3);
  });
});

/** Knows two drugs. */
const drugs: NameReader = (text) =>
  matchSpans(text, /aspirin|ibuprofen/giu).map((span) => ({
    ...span,
    ids: [text.slice(span.start, span.end).toLowerCase()],
    types: new Set(['Chemical' as const]),
  }));
