import { describe, expect, it } from 'vitest';
import { decodeBytes, isEncoding } from '../../../../src/core/text/decodeBytes';

const record = 'TY  - JOUR\nTI  - Sjögren und β-Catenin\nER  - \n';

describe('the bytes of a file', () => {
  it.each<[string, Uint8Array, string, string, number]>([
    ['UTF-8', Buffer.from('é😀'), 'é😀', 'utf-8', 0],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFé'), 'é', 'utf-8', 0],
    ['UTF-16 little endian', Buffer.from('\uFEFFé😀', 'utf16le'), 'é😀', 'utf-16le', 0],
    ['UTF-16 big endian', Buffer.from([0xfe, 0xff, 0x00, 0xe9]), 'é', 'utf-16be', 0],
    ['UTF-16 without a mark', Buffer.from(record, 'utf16le'), record, 'utf-16le', 0],
    ['UTF-16 big endian without a mark', Buffer.from(record, 'utf16le').swap16(), record, 'utf-16be', 0],
    ['Windows-1252', Buffer.from([0x53, 0x6a, 0xf6, 0x20, 0x96]), 'Sjö –', 'windows-1252', 0],
    ['UTF-8 with a stray byte', Buffer.from([0xc3, 0xa4, 0xc3, 0xb6, 0xe9, 0x62]), 'äö\uFFFDb', 'utf-8', 1],
    ['a lone surrogate', Buffer.from('\uFEFFa\uD800b', 'utf16le'), 'a\uFFFDb', 'utf-16le', 1],
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), '\uFFFDPNG\u0001\u0002', 'utf-8', 1],
    ['an empty file', Buffer.alloc(0), '', 'utf-8', 0],
  ])('are read as %s', (_, bytes, text, encoding, unreadable) => {
    expect(decodeBytes(bytes)).toEqual({ text, encoding, unreadable });
  });

  it('are read in the encoding that is named', () => {
    expect(decodeBytes(Buffer.from([0x53, 0x6a, 0xf6]), 'latin1').text).toBe('Sjö');
    expect([isEncoding('latin1'), isEncoding('klingon')]).toEqual([true, false]);
  });
});
