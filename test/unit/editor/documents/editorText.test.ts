import { describe, expect, it } from 'vitest';
import { editorText } from '../../../../src/editor/documents/editorText';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('editorText', () => {
  it.each([
    ['plain text', 'BRCA1 in α-cells', 'BRCA1 in α-cells'],
    ['equal line ends', 'a\r\nb\r\n', 'a\r\nb\r\n'],
    ['mostly LF', 'a\nb\nc\r\nd', 'a\nb\nc\nd'],
    ['mostly CRLF', 'a\r\nb\r\nc\nd', 'a\r\nb\r\nc\r\nd'],
    ['as many of each', 'a\r\nb\n', 'a\nb\n'],
    ['a lone carriage return', 'a\rb\nc', 'a\nb\nc'],
    ['only lone carriage returns', 'a\rb', 'a\nb'],
    ['CR before CRLF', 'a\r\r\nb\r\nc\r\n', 'a\r\n\r\nb\r\nc\r\n'],
    ['a byte order mark', '\ufeffa', 'a'],
    ['nothing', '', ''],
  ])('reads %s as the editor does', (_, file, expected) => {
    expect(editorText(utf8(file))).toBe(expected);
  });

  it('reads UTF-16 with a byte order mark', () => {
    expect(editorText(new Uint8Array([0xff, 0xfe, 0x50, 0, 0xb1, 0x03]))).toBe('Pα');
    expect(editorText(new Uint8Array([0xfe, 0xff, 0, 0x50, 0x03, 0xb1]))).toBe('Pα');
  });

  it('reads other encodings with the offsets that the editor has', () => {
    expect(editorText(new Uint8Array([0x53, 0x6a, 0xf6]))).toBe('Sjö');
    expect(editorText(new Uint8Array([0x50, 0, 0x4b, 0, 0xb1, 0x03]))).toBe('PKα');
  });

  it('refuses a binary file', () => {
    expect(editorText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]))).toBeUndefined();
  });

  it('replaces broken UTF-8 instead of failing', () => {
    expect(editorText(new Uint8Array([0xc3, 0xa4, 0xc3, 0xa4, 0xff, 0x62]))).toBe('ää\ufffdb');
  });
});
