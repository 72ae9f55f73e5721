import { describe, expect, it } from 'vitest';
import { crc32c, unmask } from '../../../src/convert/crc32c';
import { elementCount, extentOf, gather, halfToFloat, toFloats } from '../../../src/convert/storedTensor';

const bytesOf = (values: ArrayBufferView) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

describe('toFloats', () => {
  it('reads every number type at any alignment', () => {
    expect([...toFloats(bytesOf(Float32Array.of(0.5, -2)), 'F32')]).toEqual([0.5, -2]);
    expect([...toFloats(bytesOf(Float64Array.of(0.5, -2)), 'F64')]).toEqual([0.5, -2]);
    expect([...toFloats(bytesOf(BigInt64Array.of(3n, -4n)), 'I64')]).toEqual([3, -4]);
    expect([...toFloats(Uint8Array.of(0xff, 0), 'I8')]).toEqual([-1, 0]);
    expect([...toFloats(Uint8Array.of(1, 0), 'BOOL')]).toEqual([1, 0]);
    const shifted = new Uint8Array(9);
    shifted.set(bytesOf(Float32Array.of(0.5, -2)), 1);
    expect([...toFloats(shifted.subarray(1), 'F32')]).toEqual([0.5, -2]);
  });

  it('reads half precision, with its smallest and largest numbers', () => {
    expect(halfToFloat(0x3c00)).toBe(1);
    expect(halfToFloat(0xc000)).toBe(-2);
    expect(halfToFloat(0x7bff)).toBe(65504);
    expect(halfToFloat(0x0001)).toBe(2 ** -24);
    expect(halfToFloat(0x8000)).toBe(-0);
    expect(halfToFloat(0xfc00)).toBe(-Infinity);
    expect(halfToFloat(0x7e00)).toBeNaN();
    expect([...toFloats(bytesOf(Uint16Array.of(0x3f80, 0xc000)), 'BF16')]).toEqual([1, -2]);
  });
});

describe('a view', () => {
  it('is read row by row, for any strides', () => {
    const data = Float32Array.of(0, 1, 2, 3, 4, 5);
    expect([...gather(data, [3, 2], [1, 3])]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([...gather(data, [3], [2])]).toEqual([0, 2, 4]);
  });

  it('has an extent only if its sizes are valid', () => {
    expect(extentOf([3, 2], [1, 3])).toBe(6);
    expect(extentOf([0, 2], [1, 3])).toBe(0);
    expect(extentOf([], [])).toBe(1);
    expect(extentOf([2 ** 30, 2 ** 30], [2 ** 30, 1])).toBeNaN();
    expect(elementCount([1.5])).toBeNaN();
  });
});

describe('crc32c', () => {
  it('gives the checksums of RFC 3720, appendix B.4', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });

  it('undoes the mask of LevelDB', () => {
    const sum = crc32c(Buffer.from('foo'));
    const masked = (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
    expect(unmask(masked)).toBe(sum);
  });
});
