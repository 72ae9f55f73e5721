import { describe, expect, it } from 'vitest';
import { readMarkedLine, readMarkedSentences } from '../../evaluation/markedSentences';
import { judge } from '../../evaluation/phenomena';
import type { Entity } from '../../../src/core/types';

describe('readMarkedSentences', () => {
  it('reads names, unsettled names, phenomena and remarks', () => {
    const file =
      '% remark\n\n# words\r\nLoss of [[CAT|Gene]] in [[mice|Species?]].\n# other | one\nNothing.\n';
    expect(readMarkedSentences(file)).toEqual([
      {
        phenomenon: 'words',
        text: 'Loss of CAT in mice.',
        names: [
          { start: 8, end: 11, type: 'Gene', isUnsettled: false },
          { start: 15, end: 19, type: 'Species', isUnsettled: true },
        ],
      },
      { phenomenon: 'other | one', text: 'Nothing.', names: [] },
    ]);
  });

  it.each([
    ['[[[18F]FDG|Chemical]] uptake', '[18F]FDG'],
    ['a [[7,12-dimethylbenz[a]anthracene|Chemical]]', '7,12-dimethylbenz[a]anthracene'],
    ['x | [[N,N-a (b)|Chemical]] | y', 'N,N-a (b)'],
  ])('reads brackets that belong to the name: %s', (line, name) => {
    const { text, names } = readMarkedLine(line);
    expect(names.map(({ start, end }) => text.slice(start, end))).toEqual([name]);
  });

  it.each([
    'Loss of [[CAT|Gene].',
    'Loss of [[CAT]] here',
    'Loss of CAT|Gene]]',
    '[[CAT|]]',
    'see [[3 [[CAT|Gene]]',
  ])('refuses a mark that is not closed: %s', (line) => {
    expect(() => readMarkedSentences(`# words\nfine\n${line}`)).toThrow(/Line 3/);
  });

  it('refuses a sentence without a phenomenon', () => {
    expect(() => readMarkedSentences('Nothing.\n')).toThrow(/Line 1/);
  });
});

describe('judge', () => {
  const sentence = readMarkedSentences(
    '# x\n[[BRCA1|Gene]] in [[patients|Species?]] with [[breast cancer|Disease]]',
  )[0];
  if (sentence === undefined) throw new Error('No sentence.');
  const found = (name: string, type: string): Entity => {
    const start = sentence.text.indexOf(name);
    return { start, end: start + name.length, text: name, name, type, probability: 0.9 };
  };
  const types = ['Gene', 'Disease', 'Species'];

  it('counts an entity as right only if its boundaries and its type match', () => {
    const { counts, mistakes } = judge(
      sentence,
      [found('BRCA1', 'Disease'), found('cancer', 'Disease')],
      types,
    );
    expect(counts()).toEqual({ right: 0, wrong: 2, missed: 2 });
    expect(counts('Disease')).toEqual({ right: 0, wrong: 2, missed: 1 });
    expect(mistakes.map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      'wrong Disease',
      'missed Gene',
      'missed Disease',
      'wrong Disease',
    ]);
  });

  it('does not count an unsettled name, but counts another type at its place as wrong', () => {
    expect(judge(sentence, [found('patients', 'Species')], types).counts('Species')).toEqual({
      right: 0,
      wrong: 0,
      missed: 0,
    });
    expect(judge(sentence, [found('patients', 'Disease')], types).counts('Disease').wrong).toBe(1);
  });

  it('ignores names of types that the model does not have', () => {
    expect(judge(sentence, [found('BRCA1', 'Gene')], ['Gene']).counts()).toEqual({
      right: 1,
      wrong: 0,
      missed: 0,
    });
  });
});
