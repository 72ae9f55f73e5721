import fc from 'fast-check';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compress } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../src/convert/crc32c';
import { readSortedTable } from '../../../src/convert/sortedTable';
import { readTensorBundle } from '../../../src/convert/tensorBundle';
import { BioBertError, errorCodes } from '../../../src/core/errors';

/** Written by TensorFlow. */
const index = fs.readFileSync(
  path.resolve(import.meta.dirname, '../../fixtures/checkpoints/tagger/model.ckpt-1000.index'),
);
const damaged = expect.objectContaining({ code: errorCodes.CHECKPOINT_DAMAGED }) as Error;

describe('the index of a TensorFlow checkpoint', () => {
  const { tensors, dataFiles } = readTensorBundle(index, 'model.ckpt-1000.index');

  it('gives names, shapes and places', () => {
    expect(dataFiles).toEqual(['model.ckpt-1000.data-00000-of-00001']);
    expect(tensors.find(({ name }) => name === 'bert/embeddings/word_embeddings')).toMatchObject({
      elementType: 'F32',
      shape: [15, 8],
      bytes: 480,
      file: 'model.ckpt-1000.data-00000-of-00001',
    });
    expect(tensors.find(({ name }) => name === 'output_bias')?.shape).toEqual([5]);
  });

  it('covers its data file without overlaps', () => {
    const ends = tensors
      .map(({ offset, bytes }) => [offset, offset + bytes] as const)
      .sort(([a], [b]) => a - b);
    expect(ends.length).toBeGreaterThan(0);
    ends.reduce((last, [start, end]) => {
      expect(start).toBe(last);
      return end;
    }, 0);
  });

  it('is refused if it is truncated or overwritten, unless its checksums are still valid', () => {
    const change = fc.record({
      cut: fc.integer({ min: 0, max: index.length }),
      at: fc.integer({ min: 0, max: index.length - 1 }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    let refused = 0;
    fc.assert(
      fc.property(change, ({ cut, at, byte }) => {
        const broken = Buffer.from(index);
        broken[at] = byte;
        for (const bytes of [index.subarray(0, cut), broken]) {
          try {
            readTensorBundle(bytes, 'x.index');
          } catch (error) {
            expect(error).toBeInstanceOf(BioBertError);
            refused += 1;
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});

/** A block with its compression and checksum. */
function block(content: Uint8Array, compression: number): Buffer {
  const body = Buffer.concat([content, Buffer.of(compression)]);
  const sum = crc32c(body);
  const trailer = Buffer.alloc(4);
  trailer.writeUInt32LE((((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0);
  return Buffer.concat([body, trailer]);
}

/** A table with one entry `key` → `value`; all numbers are below 128. */
function table(compression: number, pack: (block: Uint8Array) => Uint8Array): Buffer {
  const entry = (key: string, value: Uint8Array) =>
    Buffer.concat([
      Buffer.of(0, key.length, value.length),
      Buffer.from(key),
      value,
      Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]),
    ]);
  const data = pack(entry('key', Buffer.from('value')));
  const first = block(data, compression);
  const second = block(entry('key', Buffer.of(0, data.length)), 0);
  const footer = Buffer.alloc(48);
  footer.set([0, 0, first.length, second.length - 5]);
  footer.writeBigUInt64LE(0xdb4775248b80fb57n, 40);
  return Buffer.concat([first, second, footer]);
}

describe('a sorted table', () => {
  it('may be compressed by snappy', () => {
    const [entry] = readSortedTable(
      table(1, (bytes) => compress(new Uint8Array(bytes))),
      'x.index',
    );
    expect(entry?.key).toBe('key');
    expect(Buffer.from(entry?.value ?? []).toString()).toBe('value');
  });

  it('is refused if it would unpack to gigabytes', () => {
    const bomb = () => Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07, 0, 0, 0]);
    expect(() => readSortedTable(table(1, bomb), 'x.index')).toThrow(damaged);
  });

  it('is refused if its compression is unknown', () => {
    expect(() =>
      readSortedTable(
        table(4, (bytes) => bytes),
        'x.index',
      ),
    ).toThrow(damaged);
  });
});
