import { describe, expect, it } from 'vitest';
import { simplifiedLine } from '../../../src/cli/readingLines';
import { readThreads } from '../../../src/cli/engineOptions';
import { baseName } from '../../../src/cli/names';
import { uniqueNames } from '../../../src/core/exports/uniqueNames';
import { readProbability, readTypes } from '../../../src/cli/options';
import { errorLine } from '../../../src/cli/report';
import { fileError } from '../../../src/runtime/documents/fileErrors';
import { BioBertError, errorCodes } from '../../../src/core/errors';

describe('errorLine', () => {
  it('names file, reason, next step and code', () => {
    const error = new BioBertError(errorCodes.DOCUMENT_BINARY, 'No text.', 'Name a text.');
    expect(errorLine(error, 'a.txt')).toBe('biobert: a.txt: No text. Name a text. (BB302)\n');
  });

  it('describes an error of the system in words', () => {
    const missing = Object.assign(new Error('ENOENT: no such file, open x'), { code: 'ENOENT' });
    expect(errorLine(fileError(missing, 'read'))).toBe(
      'biobert: There is no such file. Check the path. (BB303)\n',
    );
    expect(errorLine(fileError(missing, 'write'))).toBe(
      'biobert: There is no such folder. Make it first, or name another place. (BB305)\n',
    );
    const odd = Object.assign(new Error('EIO'), { code: 'EIO' });
    expect(errorLine(fileError(odd, 'write'))).toBe(
      'biobert: The system answered EIO when it was written. Check that the place can be written to. (BB305)\n',
    );
  });

  it('keeps a BioBertError unchanged, and the first line of any other error', () => {
    const own = new BioBertError(errorCodes.OUT_OF_MEMORY, 'a', 'b');
    expect(fileError(own, 'read')).toBe(own);
    expect(errorLine(new Error('first\nsecond'))).toMatch(
      /^biobert: Something went wrong inside BioBERT \[first\]\. .*\(BB901\)\n$/,
    );
  });
});

describe('names of documents', () => {
  it('get a number if they are repeated', () => {
    const unique = uniqueNames();
    expect(['a', 'a', 'b', 'a', 'a-2'].map(unique)).toEqual(['a', 'a-2', 'b', 'a-3', 'a-2-2']);
  });

  it.each([
    ['papers/smith.2019.txt', 'smith.2019'],
    ['-', 'stdin'],
    ['README', 'README'],
  ])('are made from the name of the file: %s becomes %s', (file, name) => {
    expect(baseName(file)).toBe(name);
  });
});

describe('readers of options', () => {
  it.each(['', ' ', '-0.1', '1.01', '50%', 'high', 'NaN'])('refuse the probability %j', (value) => {
    expect(() => readProbability(value)).toThrow(/0 to 1/);
  });

  it.each(['', '-1', '1.5', '65', '1e1'])('refuse %j threads', (value) => {
    expect(() => readThreads(value)).toThrow(/whole number/);
  });

  it('accept valid values', () => {
    expect([readProbability('0'), readProbability('.75'), readThreads('0'), readThreads('8')]).toEqual([
      0, 0.75, 0, 8,
    ]);
    expect(readTypes('Gene, Disease')).toEqual(['Gene', 'Disease']);
    expect(() => readTypes('Gene,,')).toThrow(/a list/);
  });
});

describe('simplifiedLine', () => {
  it('names the file and the line of markup that was not read', () => {
    expect(simplifiedLine('a.md', 'One.\nTwo.', { limit: 'markup', parts: 1, start: 5 })).toBe(
      'biobert: a.md: warning: The markup in line 2 takes too long to read, so it was read as plain text. Split the paragraph or list there.\n',
    );
  });

  it('says that text after a mark without partner was not read', () => {
    expect(simplifiedLine('b.qmd', 'One.\n\n```\nTwo.', { limit: 'unclosed', parts: 1, start: 6 })).toBe(
      'biobert: b.qmd: warning: A formula, a comment or a block of code in line 3 is not closed, so the text after it was not read. Add the mark that closes it.\n',
    );
  });

  it('counts the places where macros were not expanded', () => {
    expect(simplifiedLine('-', 'One.', { limit: 'macros', parts: 12, start: 0 })).toContain(
      'standard input: warning: The macros in 12 places, first in line 1, would print too much text',
    );
  });
});
