import { describe, expect, it } from 'vitest';
import { checkText, isBinary } from '../../../../src/runtime/engine/textLimits';

describe('isBinary', () => {
  it.each([
    ['zero bytes', '\0'],
    ['UTF-16 that was read as Latin-1', 'T\x00P\x005\x003\x00'.repeat(50)],
    ['an archive that was read as UTF-8', 'PK\u0003\u0004\ufffd\ufffdname\u0000\u0001'.repeat(50)],
    ['a text with a binary tail', `${'a'.repeat(70_000)}${'\0'.repeat(200_000)}`],
  ])('recognises %s', (_name, text) => {
    expect(isBinary(text)).toBe(true);
  });

  it.each([
    ['an empty text', ''],
    ['tabs, line and page breaks, escapes', '\t\r\n\f\u001b[0m text'.repeat(50)],
    ['a stray zero byte in a page of text', `${'word '.repeat(100)}\0`],
    ['emoji, right-to-left text and lone surrogates', '👩🏽‍🔬 סרטן \ud83e \udd2c'.repeat(50)],
    ['a short text with two characters that could not be decoded', 'Patients \ufffd with BRCA1 \ufffd'],
  ])('accepts %s', (_name, text) => {
    expect(isBinary(text)).toBe(false);
  });
});

describe('checkText', () => {
  it('refuses a text over the limit, in an error that does not quote it', () => {
    const text = 'BRCA1 '.repeat(10);
    expect(() => checkText(text, 60)).not.toThrow();
    expect(() => checkText(text, 59)).toThrow(/60 characters/);
    expect(() => checkText(text, 59)).not.toThrow(/BRCA1/);
  });
});
