import { describe, expect, it } from 'vitest';
import { isNestedTooDeep } from '../../../../src/core/documents/markdownNesting';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('isNestedTooDeep', () => {
  it.each([
    ['quotes', '>'.repeat(33)],
    ['quotes with spaces', '> '.repeat(33)],
    ['lists', `${'- '.repeat(33)}a`],
    ['numbered lists', `${'1. '.repeat(33)}a`],
    ['footnotes', '[^a]: '.repeat(33)],
    ['quotes and lists', `${'> - '.repeat(17)}a`],
    ['lists of indented lines', lines(34, (i) => `${'  '.repeat(i)}- a`)],
    ['lists of indented lines in a quote', lines(34, (i) => `> ${'  '.repeat(i)}- a`)],
    ['lists indented by tabs', lines(34, (i) => `${'\t'.repeat(i)}- a`)],
  ])('is true for nested %s', (_, source) => {
    expect(isNestedTooDeep(source)).toBe(true);
  });

  it.each([
    ['ten levels', `${'> - '.repeat(5)}a`],
    ['a thematic break of hyphens', '- '.repeat(100)],
    ['a thematic break of asterisks in a quote', `> ${'* '.repeat(100)}`],
    ['a long list', lines(100, () => '- a')],
    ['code that is indented far', `${'    '.repeat(40)}- a`],
    ['hyphens in a line', `a ${'- '.repeat(100)}`],
    ['hyphens without spaces', '-'.repeat(100)],
  ])('is false for %s', (_, source) => {
    expect(isNestedTooDeep(source)).toBe(false);
  });
});
