import { describe, expect, it } from 'vitest';
import { stanceRow } from '../../../../src/core/questions/stanceRows';
import { vocabulary } from '../tokens/vocabularies';
import { config, tokenizer } from './fakeQuestionModel';

const { classifyId: cls, separatorId: sep } = vocabulary;

function rowOf(question: string, sentence: string, context: string, maxTokens = 24) {
  const input = {
    question: tokenizer.encode(question),
    sentence: tokenizer.encode(sentence),
    context: tokenizer.encode(context),
  };
  const limits = { maxTokens, contextTokens: 3, maxQuestionTokens: 4, tokenTypes: config.tokenTypes };
  return stanceRow(input, vocabulary, limits);
}

const ids = (text: string) => [...tokenizer.encode(text).ids];

describe('a row of the stance model', () => {
  it('is the question, the sentence and the end of its context', () => {
    const { ids: row, types } = rowOf('the gene', 'in cancer', 'of the kinase protein gene');
    expect([...row]).toEqual([
      cls,
      ...ids('the gene'),
      sep,
      ...ids('in cancer'),
      sep,
      ...ids('kinase protein gene'),
      sep,
    ]);
    expect(types).toHaveLength(row.length);
  });

  it('has no part for a context that is empty', () => {
    expect([...rowOf('the gene', 'in cancer', '').ids]).toEqual([
      cls,
      ...ids('the gene'),
      sep,
      ...ids('in cancer'),
      sep,
    ]);
  });

  it('truncates the question, then the context, then the sentence', () => {
    const long = 'gene cancer kinase protein tumor '.repeat(4);
    const row = [...rowOf(long, 'in cancer', long, 12).ids];
    expect(row).toEqual([
      cls,
      ...ids(long).slice(0, 4),
      sep,
      ...ids('in cancer'),
      sep,
      ...ids(long).slice(-2),
      sep,
    ]);
    expect(rowOf(long, long, long, 12).ids).toHaveLength(11);
  });

  it('gives capitals the case shapes of the words', () => {
    const { types } = rowOf('the gene', 'GENE', '');
    // Tokens: [CLS] the gene [SEP] GENE [SEP].
    expect(types[4]).not.toBe(types[2]);
    expect(types[5]).toBe(0);
  });
});
