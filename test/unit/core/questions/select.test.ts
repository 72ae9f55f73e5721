import { describe, expect, it } from 'vitest';
import { createAskedQuestion } from '../../../../src/core/questions/askedQuestion';
import { rankWithIndex } from '../../../../src/core/questions/search';
import { selectPassages } from '../../../../src/core/questions/select';
import { rankByWords } from '../../../../src/core/questions/words';

const limits = { readAll: 3, candidates: 4, read: 2 };
const noEmbedding = () => Promise.reject(new Error('not needed'));
const texts = ['on mice', 'BRCA1 in cancer', 'asthma', 'cancer of mice', 'other', 'more'];

describe.each([
  ['with an index', rankWithIndex],
  ['without an index', rankByWords],
])('selectPassages, %s', (_name, rank) => {
  it('selects all of a few passages, those with words of the question first', async () => {
    expect(
      await selectPassages(createAskedQuestion('What of asthma?'), texts.slice(0, 3), {
        rank,
        embed: noEmbedding,
        limits,
      }),
    ).toEqual([2, 0, 1]);
  });

  it('selects the best of many passages by words and embeddings', async () => {
    const asked: string[] = [];
    const embed = (some: readonly string[]) => {
      asked.push(...some);
      return Promise.resolve(some.map((text) => Float32Array.of(text.includes('mice') ? 1 : 0, 0.1)));
    };
    expect(
      await selectPassages(createAskedQuestion('cancer of mice?'), texts, { rank, embed, limits }),
    ).toEqual([3, 0]);
    expect(asked).toHaveLength(4);
  });

  it('finds passages by other names of what the question asks about', async () => {
    const question = createAskedQuestion('Does acetaminophen harm mice?', [
      {
        type: 'Chemical',
        name: 'Acetaminophen',
        synonyms: ['paracetamol'],
        mention: { start: 5, end: 18 },
      },
    ]);
    const found = await selectPassages(question, [...texts, 'Paracetamol.'], {
      rank,
      limits: { readAll: 3, candidates: 4, read: 1 },
    });
    expect(found).toEqual([6]);
  });

  it('selects any passages if none has a word of the question', async () => {
    const embed = (some: readonly string[]) => Promise.resolve(some.map(() => Float32Array.of(1)));
    expect(
      await selectPassages(createAskedQuestion('zebrafish?'), texts, { rank, embed, limits }),
    ).toHaveLength(2);
  });
});
