import { describe, expect, it } from 'vitest';
import { countRepeats, type MarkedProse } from '../../evaluation/repeats';
import { readMarkedLine } from '../../evaluation/markedSentences';

const prose = (marked: string): MarkedProse => {
  const { text, names } = readMarkedLine(marked);
  return { text, marks: names };
};

describe('countRepeats', () => {
  it('counts unmarked repeats of a marked spelling that are whole words', () => {
    const document = [prose('[[MET|Gene]] and METS.'), prose('MET, met and MET-amplified.')];
    expect(countRepeats([document])).toEqual({
      documents: 1,
      marks: 1,
      unmarked: 2,
      documentsWithUnmarked: 1,
      withTwoTypes: 0,
      documentsWithTwoTypes: 0,
    });
  });

  it('ignores repeats inside another mark, and counts only the longest spelling', () => {
    const document = [
      prose('[[lung cancer|Disease]] and [[cancer|Disease]] and [[cancer gene 1|Gene]].'),
      prose('Of lung cancer.'),
    ];
    expect(countRepeats([document])).toMatchObject({ unmarked: 1 });
  });

  it('counts spellings with two types within a document', () => {
    const one = [prose('[[AML|Disease]], [[AML|Gene]] and [[MET|Gene]].')];
    expect(countRepeats([one, [prose('[[MET|Disease]] and AML.')]])).toMatchObject({
      documents: 2,
      unmarked: 0,
      withTwoTypes: 1,
      documentsWithTwoTypes: 1,
    });
  });
});
