import { describe, expect, it } from 'vitest';
import { relevanceOf } from '../../../../src/core/questions/relevance';

const question = 'Does aspirin prevent colorectal cancer?';

describe('relevanceOf', () => {
  it('rates passages by the words that they share with the question, rare words most', () => {
    const [own = 0, near = 1, far = 1] = relevanceOf(question, [
      'Aspirin prevents colorectal cancers in carriers.',
      'Contrast-induced nephropathy in patients with cancer.',
      'Seizures of newborn infants.',
      ...Array.from({ length: 20 }, () => 'Survival in cancer of the lung.'),
    ]);
    expect(own).toBeGreaterThan(0.95);
    expect(near).toBeLessThan(0.25);
    expect(far).toBeLessThan(near);
  });

  it('compares each text with the question as it is put to it', () => {
    const texts = ['Acetylsalicylic acid prevents colorectal cancer.', 'Seizures of newborn infants.'];
    const asked = (text: number) =>
      text === 0 ? question.replace('aspirin', 'acetylsalicylic acid') : question;
    const [own = 0, far = 1] = relevanceOf(asked, texts);
    expect(own).toBeGreaterThan(relevanceOf(question, texts)[0] ?? 1);
    expect(far).toBe(relevanceOf(question, texts)[1]);
  });

  it('accepts a single passage, and a question without content words', () => {
    expect(relevanceOf(question, ['Aspirin lowers the risk of colorectal cancer.'])[0]).toBeGreaterThan(0.9);
    expect(relevanceOf(question, ['Seizures of newborn infants.'])[0]).toBeLessThan(0.1);
    expect(relevanceOf('Is cisplatin nephrotoxic?', ['Nephrotoxicity of cisplatin.'])[0]).toBeGreaterThan(
      0.95,
    );
    expect(relevanceOf('Is it?', ['Aspirin.'])).toEqual([1]);
    expect(relevanceOf(question, [])).toEqual([]);
  });
});
