import { describe, expect, it } from 'vitest';
import { violationsIn } from '../../../scripts/checkEnglish.mjs';

const noSubject = 'begins without a subject';
const absent = 'write "Default: …" or "Undefined if …"';
const noneNoun = '"none" as a noun';
const possessiveNoun = '"ours", "theirs", "others" as nouns';
const participleNoun = 'a participle as a noun';

const badComments = [
  ['What the panel shows, as plain data.', noSubject],
  ['Where the source begins.', noSubject],
  ['Of the unit of its task.', noSubject],
  ['Without models this does nothing.', noSubject],
  ['Absent: standard output.', absent],
  ['A word with a digit is none.', noneNoun],
  ['The folder of a model of others.', possessiveNoun],
  ['It does less than one of ours.', possessiveNoun],
  ['The end of an abstract has what was found.', participleNoun],
  ['The list holds the asked, in order.', participleNoun],
] as const;

const goodComments = [
  'The content of the panel as plain data.',
  'Splits a text into sentences.',
  'Which models are loaded?',
  'What is a gene?',
  'With an index, a search takes milliseconds.',
  'Default: standard output.',
  'Undefined if there are none.',
  'Either all or none of its occurrences are tagged.',
  'The labels of the others are kept.',
  'Words that were found in the text.',
] as const;

describe('violationsIn', () => {
  it.each(badComments)('finds "%s" in TypeScript', (comment, rule) => {
    const text = `const a = 1;\n\n/** ${comment} */\nconst b = 2;\n`;
    expect(violationsIn('file.ts', text)).toEqual([`file.ts:3: ${rule}: ${comment}`]);
  });

  it.each(badComments)('finds "%s" in Python', (comment, rule) => {
    const text = `def f():\n    """${comment}"""\n    return 1\n`;
    expect(violationsIn('file.py', text)).toEqual([`file.py:2: ${rule}: ${comment}`]);
  });

  it.each(goodComments)('accepts "%s"', (comment) => {
    expect(violationsIn('file.ts', `/** ${comment} */\nconst a = 1;\n`)).toEqual([]);
    expect(violationsIn('file.py', `"""${comment}"""\n`)).toEqual([]);
  });

  it('joins consecutive line comments', () => {
    const text = '// A comment that speaks of a model\n// of others.\nconst a = 1;\n';
    expect(violationsIn('file.ts', text)).toEqual([
      `file.ts:1: ${possessiveNoun}: A comment that speaks of a model of others.`,
    ]);
  });

  it('checks each tag of a comment', () => {
    const text = '/** Reads a file.\n * @param path Where the file is.\n */\nconst a = 1;\n';
    expect(violationsIn('file.ts', text)).toEqual([`file.ts:1: ${noSubject}: Where the file is.`]);
  });

  it('finds comments after # in Python', () => {
    const text = 'a = 1\n#: Absent: no cache.\nb = 2\n';
    expect(violationsIn('file.py', text)).toEqual([`file.py:2: ${absent}: Absent: no cache.`]);
  });

  it('ignores strings', () => {
    expect(violationsIn('file.ts', "const a = '/** Absent: nothing. */';\n")).toEqual([]);
  });
});
