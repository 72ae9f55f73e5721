import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/core/checkpointHead';
import { readArchitecture } from '../../../src/convert/architecture';
import { completeConfig } from '../../../src/convert/modelConfig';
import { errorCodes } from '../../../src/core/errors';

/** `bert_config.json` of the original release. */
const original = {
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  hidden_act: 'gelu',
  vocab_size: 28_996,
  max_position_embeddings: 512,
  type_vocab_size: 2,
};
const unsupported = expect.objectContaining({ code: errorCodes.CHECKPOINT_UNSUPPORTED }) as Error;

describe('the architecture of a checkpoint', () => {
  it('is read from the original release, which does not name it', () => {
    expect(readArchitecture(original)).toMatchObject({ family: 'bert', layers: 12, epsilon: 1e-12 });
  });

  it('is read from DistilBERT, which uses other field names', () => {
    const config = {
      model_type: 'distilbert',
      dim: 768,
      n_layers: 6,
      n_heads: 12,
      hidden_dim: 3072,
      activation: 'gelu',
      vocab_size: 30_522,
      max_position_embeddings: 512,
    };
    expect(readArchitecture(config)).toMatchObject({ family: 'distilbert', layers: 6, tokenTypes: 0 });
  });

  it.each([
    ['RoBERTa', { ...original, model_type: 'roberta' }],
    ['ELECTRA', { ...original, model_type: 'electra' }],
    ['a prototype', { model_type: 'constructor' }],
    ['relative positions', { ...original, position_embedding_type: 'relative_key' }],
    ['a decoder', { ...original, is_decoder: true }],
    ['an unknown activation', { ...original, hidden_act: 'swish' }],
    ['a prototype as activation', { ...original, hidden_act: 'constructor' }],
    ['heads that do not divide the width', { ...original, num_attention_heads: 7 }],
    ['a billion layers', { ...original, num_hidden_layers: 1e9 }],
    ['a size that is a text', { ...original, hidden_size: '768' }],
    ['an empty configuration', {}],
  ])('is refused: %s', (_what, config) => {
    expect(() => readArchitecture(config)).toThrow(unsupported);
  });
});

describe('the head of a checkpoint', () => {
  it.each([
    ['BertForTokenClassification', 'token-classification'],
    ['DistilBertForQuestionAnswering', 'question-answering'],
    ['BertForSequenceClassification', 'sequence-classification'],
    ['BertForPreTraining', 'encoder'],
    ['BertModel', 'encoder'],
  ])('is read from the class: %s has %s', (name, head) => {
    expect(headOf({ architectures: [name] })).toBe(head);
  });

  it('is refused if it is of another kind, and not guessed if it is not named', () => {
    expect(() => headOf({ architectures: ['BertForMultipleChoice'] })).toThrow(unsupported);
    expect(headOf({})).toBeUndefined();
  });
});

describe('completeConfig', () => {
  const architecture = readArchitecture(original);
  const options = { architecture, head: 'token-classification' as const, count: 3 };

  it('adds architecture and labels, which the original release does not name', () => {
    const { json, labels } = completeConfig(original, options);
    expect(labels).toEqual(['LABEL_0', 'LABEL_1', 'LABEL_2']);
    expect(json).toMatchObject({
      model_type: 'bert',
      architectures: ['BertForTokenClassification'],
      id2label: { 0: 'LABEL_0' },
      hidden_size: 768,
    });
  });

  it('keeps existing labels, or uses those that the user names', () => {
    const id2label = { 0: 'O', 1: 'B-Gene', 2: 'I-Gene' };
    expect(completeConfig({ ...original, id2label }, options).labels).toEqual(['O', 'B-Gene', 'I-Gene']);
    expect(completeConfig({ ...original, id2label }, { ...options, labels: ['O', 'B', 'I'] }).labels).toEqual(
      ['O', 'B', 'I'],
    );
  });

  it('refuses a number of labels that does not match the head', () => {
    const mismatch = expect.objectContaining({ code: errorCodes.CHECKPOINT_SHAPE_MISMATCH }) as Error;
    expect(() => completeConfig(original, { ...options, labels: ['O'] })).toThrow(mismatch);
    expect(() => completeConfig({ ...original, id2label: { 0: 'O' } }, options)).toThrow(mismatch);
  });
});
