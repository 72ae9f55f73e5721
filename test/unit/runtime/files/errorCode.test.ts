import { describe, expect, it } from 'vitest';
import { errorCode, writeFailureOf } from '../../../../src/runtime/files/errorCode';

const nodeError = (code: string) => Object.assign(new Error(`${code}: said the system, write`), { code });

describe('writeFailureOf', () => {
  it.each([
    [nodeError('ENOSPC'), 'full'],
    [nodeError('EDQUOT'), 'full'],
    [nodeError('EROFS'), 'forbidden'],
    [nodeError('EACCES'), 'forbidden'],
    [nodeError('EIO'), 'other'],
    [Object.assign(new Error('Error: ENOSPC: no space left on device'), { code: 'Unknown' }), 'full'],
    [Object.assign(new Error('Not allowed'), { code: 'NoPermissions' }), 'forbidden'],
    ['no error', 'other'],
  ])('classifies %s', (error, expected) => {
    expect(writeFailureOf(error)).toBe(expected);
  });
});

describe('errorCode', () => {
  it.each([
    [nodeError('ENOENT'), 'ENOENT'],
    [Object.assign(new Error(), { code: 7 }), undefined],
    [new Error('ENOENT'), undefined],
    [undefined, undefined],
  ])('reads the code of %s', (error, expected) => {
    expect(errorCode(error)).toBe(expected);
  });
});
