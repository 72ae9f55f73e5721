import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStateDict } from '../../../src/convert/torchState';
import { BioBertError, errorCodes } from '../../../src/core/errors';
import { call, dict, global, integer, operation, pickle, tensor, text, tuple } from '../../support/pickles';

const read = (value: Buffer) => readStateDict(pickle(value), 'pytorch_model.bin').tensors;
const whole = { storage: '0', elements: 6, shape: [2, 3], strides: [3, 1] };

describe('a state dict', () => {
  it('gives names, shapes and places', () => {
    const found = read(dict(['weight', tensor({ ...whole, elements: 8, offset: 2 })]));
    expect(found).toEqual([
      {
        name: 'weight',
        elementType: 'F32',
        storage: '0',
        storageElements: 8,
        offset: 2,
        shape: [2, 3],
        strides: [3, 1],
      },
    ]);
  });

  it('may be an OrderedDict with a state, hold parameters, and lie inside a training state', () => {
    const parameter = call(
      global('torch._utils', '_rebuild_parameter'),
      tensor(whole),
      operation('\u0088'),
      operation(')'),
    );
    const ordered = Buffer.concat([
      global('collections', 'OrderedDict'),
      operation(')R('),
      text('weight'),
      parameter,
      operation('u'),
      dict(['_metadata', operation('}')]),
      operation('b'),
    ]);
    expect(read(dict(['epoch', integer(3)], ['state_dict', ordered]))).toMatchObject([{ name: 'weight' }]);
  });

  it.each([
    ['os.system', call(global('posix', 'system'), text('touch harmed'))],
    ['a built-in function', call(global('builtins', 'eval'), text('1'))],
    ['a name like an allowed one', call(global('collections', 'OrderedDict.fromkeys'), text('a'))],
    [
      'a name in two parts',
      Buffer.concat([text('os'), text('system'), operation('\u0093'), operation(')R')]),
    ],
    ['NEWOBJ', Buffer.concat([global('collections', 'OrderedDict'), operation(')\u0081')])],
    ['INST', operation('(ios\nsystem\n')],
    ['OBJ', Buffer.concat([operation('('), global('collections', 'OrderedDict'), operation('o')])],
    ['an extension code', operation('\u0082\u0001')],
    ['a state for a tensor place', Buffer.concat([dict(), dict(), operation('b')])],
    ['millions of lists', operation(`(${']'.repeat(1_100_000)}l`)],
    ['a number of many digits', operation('\u008a\u00ff')],
  ])('is refused as unsafe if it contains %s', (_what, value) => {
    expect(() => read(dict(['weight', value]))).toThrow(
      expect.objectContaining({ code: errorCodes.CHECKPOINT_UNSAFE }) as Error,
    );
  });

  const tooShort = { ...whole, elements: 5 };
  it.each([
    ['a storage that is too short', tensor(tooShort)],
    ['a negative offset', tensor({ ...whole, offset: -1 })],
    ['negative sizes', tensor({ ...whole, shape: [-2, -3] })],
    ['negative strides', tensor({ ...whole, strides: [-3, 1] })],
    ['fewer strides than axes', tensor({ ...whole, strides: [1] })],
    ['an unknown number type', call(global('torch._utils', '_rebuild_tensor_v2'), tuple())],
    ['a parameter of itself', call(global('torch._utils', '_rebuild_parameter'), operation('N'))],
  ])('is refused as damaged if it contains %s', (_what, value) => {
    expect(() => read(dict(['weight', value]))).toThrow(
      expect.objectContaining({ code: errorCodes.CHECKPOINT_DAMAGED }) as Error,
    );
  });

  it('is refused without a tensor', () => {
    expect(() => read(dict(['epoch', integer(3)]))).toThrow(BioBertError);
    expect(() => read(integer(1))).toThrow(BioBertError);
  });

  it('gives a BioBertError or valid tensors if it is truncated or overwritten', () => {
    const good = pickle(dict(['weight', tensor(whole)], ['bias', tensor({ ...whole, storage: '1' })]));
    const bytes = fc.record({
      cut: fc.integer({ min: 0, max: good.length }),
      at: fc.integer({ min: 0, max: good.length - 1 }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(bytes, ({ cut, at, byte }) => {
        const broken = Buffer.from(good.subarray(0, cut));
        if (at < broken.length) broken[at] = byte;
        try {
          for (const { shape, strides, offset, storageElements } of readStateDict(broken, 'x').tensors) {
            const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? 0), offset);
            expect(shape.includes(0) || last < storageElements).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(BioBertError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
