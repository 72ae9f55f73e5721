import { describe, expect, it } from 'vitest';
import { readHeader, readHeaderLength } from '../../../src/convert/safetensors';
import { errorCodes } from '../../../src/core/errors';

const damaged = expect.objectContaining({ code: errorCodes.CHECKPOINT_DAMAGED }) as Error;
const entry = { dtype: 'F32', shape: [2, 3], data_offsets: [4, 28] };
const read = (json: unknown, fileBytes = 1000) =>
  readHeader(
    Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)),
    'model.safetensors',
    fileBytes,
  );

function lengthOf(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

describe('a safetensors header', () => {
  it('gives the location of each tensor in the file', () => {
    const json = { __metadata__: { format: 'pt' }, weight: entry };
    const start = 8 + JSON.stringify(json).length;
    expect(read(json)).toEqual([
      {
        name: 'weight',
        elementType: 'F32',
        shape: [2, 3],
        file: 'model.safetensors',
        offset: start + 4,
        bytes: 24,
      },
    ]);
  });

  it.each([
    ['10 GB', 10_000_000_000n, 20_000_000_000],
    ['99 MB', 99_000_000n, 200_000_000],
    ['more than the file', 100n, 50],
    ['2^64 - 1', 2n ** 64n - 1n, 1e9],
  ])('is refused before it is read if its length is %s', (_what, length, fileBytes) => {
    expect(() => readHeaderLength(lengthOf(length), 'model.safetensors', fileBytes)).toThrow(damaged);
  });

  it('is refused in a file of three bytes', () => {
    expect(() => readHeaderLength(Buffer.alloc(3), 'model.safetensors', 3)).toThrow(damaged);
  });

  it.each([
    ['text that is not JSON', '{"a":'],
    ['a list', '[]'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1')],
    ['a tensor that is null', { weight: null }],
    ['an unknown number type', { weight: { ...entry, dtype: 'constructor' } }],
    ['sizes that do not fit the bytes', { weight: { ...entry, shape: [2, 4] } }],
    ['sizes whose product is too large', { weight: { ...entry, shape: [2 ** 40, 2 ** 40] } }],
    ['a negative size', { weight: { ...entry, shape: [-2, -3] } }],
    ['places in the wrong order', { weight: { ...entry, data_offsets: [28, 4] } }],
    ['a place beyond the file', { weight: { ...entry, data_offsets: [9000, 9024] } }],
    ['two tensors in the same bytes', { weight: entry, bias: { ...entry, data_offsets: [8, 32] } }],
    ['a tensor twice', `{"weight": ${JSON.stringify(entry)}, "weight": ${JSON.stringify(entry)}}`],
    [
      'a place of a tensor twice',
      '{"weight": {"dtype": "F32", "dtype": "F32", "shape": [], "data_offsets": [0, 4]}}',
    ],
    ['a place that is not a number', { weight: { ...entry, data_offsets: ['4', 28] } }],
  ])('is refused if it contains %s', (_what, json) => {
    expect(() => read(json)).toThrow(damaged);
  });

  it('allows tensors without elements between others, and a name that occurs in two objects', () => {
    const empty = { dtype: 'F32', shape: [0], data_offsets: [28, 28] };
    const next = { ...entry, data_offsets: [28, 52] };
    expect(read({ __metadata__: { weight: 'a' }, empty, next, weight: entry })).toHaveLength(3);
  });
});
