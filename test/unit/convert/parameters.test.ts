import { describe, expect, it } from 'vitest';
import { headFrom, parameterOf, parametersOf } from '../../../src/convert/parameters';
import type { StoredTensor } from '../../../src/convert/storedTensor';
import { errorCodes } from '../../../src/core/errors';

const stored = (name: string, shape: readonly number[] = [2, 3]): StoredTensor => ({
  name,
  shape,
  elementType: 'F32',
  file: 'weights',
  offset: 0,
  bytes: 24,
});

describe('the parameters of a checkpoint', () => {
  it.each([
    ['pytorch', 'bert.encoder.layer.3.output.dense.weight', 'encoder.layer.3.output.dense.weight'],
    ['pytorch', 'module.bert.pooler.dense.bias', 'pooler.dense.bias'],
    ['pytorch', 'embeddings.LayerNorm.gamma', 'embeddings.LayerNorm.weight'],
    [
      'pytorch',
      'distilbert.transformer.layer.0.attention.q_lin.weight',
      'encoder.layer.0.attention.self.query.weight',
    ],
    ['pytorch', 'distilbert.transformer.layer.0.ffn.lin2.bias', 'encoder.layer.0.output.dense.bias'],
    [
      'tensorflow',
      'bert/encoder/layer_11/attention/self/key/kernel',
      'encoder.layer.11.attention.self.key.weight',
    ],
    ['tensorflow', 'bert/encoder/layer_0/output/LayerNorm/beta', 'encoder.layer.0.output.LayerNorm.bias'],
    ['tensorflow', 'bert/embeddings/token_type_embeddings', 'embeddings.token_type_embeddings.weight'],
    ['tensorflow', 'cls/squad/output_bias', 'qa_outputs.bias'],
    ['tensorflow', 'output_weights', 'classifier.weight'],
  ] as const)('have common names: in %s, %s becomes %s', (source, name, expected) => {
    expect([...parametersOf([stored(name)], source).keys()]).toEqual([expected]);
  });

  it('are refused if two tensors have one meaning, once that is asked for', () => {
    const names = ['bert.pooler.dense.weight', 'module.pooler.dense.weight', 'classifier.weight'];
    const parameters = parametersOf(
      names.map((name) => stored(name)),
      'pytorch',
    );
    expect(() => parameterOf(parameters, 'pooler.dense.weight', [2, 3])).toThrow(
      expect.objectContaining({
        code: errorCodes.CHECKPOINT_UNSUPPORTED,
        message: expect.stringContaining('bert.pooler.dense.weight and module.pooler.dense.weight') as string,
      }) as Error,
    );
    expect(parameterOf(parameters, 'classifier.weight', [2, 3]).tensor.name).toBe('classifier.weight');
  });

  it('do not include variables of the optimiser', () => {
    const names = ['global_step', 'bert/pooler/dense/kernel/adam_m', 'bert/pooler/dense/kernel/adam_v'];
    expect(
      parametersOf(
        names.map((name) => stored(name)),
        'tensorflow',
      ).size,
    ).toBe(0);
  });

  it('have transposed kernels in TensorFlow', () => {
    const parameters = parametersOf([stored('bert/pooler/dense/kernel', [3, 2])], 'tensorflow');
    expect(parameterOf(parameters, 'pooler.dense.weight', [2, 3]).layout).toBe('in-out');
    expect(() => parameterOf(parameters, 'pooler.dense.weight', [3, 2])).toThrow(
      expect.objectContaining({ code: errorCodes.CHECKPOINT_SHAPE_MISMATCH }) as Error,
    );
  });

  it.each([
    ['question-answering', ['qa_outputs.weight', 'pooler.dense.weight']],
    ['encoder', ['pooler.dense.weight']],
    ['token-classification', ['classifier.weight']],
    ['sequence-classification', ['classifier.weight', 'pre_classifier.weight']],
  ])('show the head %s', (head, names) => {
    expect(
      headFrom(
        parametersOf(
          names.map((name) => stored(name)),
          'pytorch',
        ),
      ),
    ).toBe(head);
  });

  it('do not show whether labels are for words or texts if there is a pooler', () => {
    const both = ['classifier.weight', 'pooler.dense.weight'].map((name) => stored(name));
    expect(() => headFrom(parametersOf(both, 'pytorch'))).toThrow(
      expect.objectContaining({ code: errorCodes.CHECKPOINT_UNSUPPORTED }) as Error,
    );
    for (const assumed of ['token-classification', 'sequence-classification'] as const) {
      expect(headFrom(parametersOf(both, 'pytorch'), assumed)).toBe(assumed);
    }
    const squad = [...both, 'qa_outputs.weight'].map((name) =>
      typeof name === 'string' ? stored(name) : name,
    );
    expect(headFrom(parametersOf(squad, 'pytorch'), 'token-classification')).toBe('question-answering');
  });
});
