import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../../../src/core/text/sentences';

const split = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

/** Each row is a paragraph; `¦` marks where a sentence must end, and nowhere else. */
const paragraphs = [
  'We studied 40 women.¦ All of them took tamoxifen.',
  'Smith et al. (2003) saw the same.¦ So did Jones et al. [4] and Wu et al. 1999.',
  'This was shown by Smith et al.¦ The authors used mice.',
  'See Fig. 2 and Figs. 3, 4.¦ The bands (Fig. 2b) are clear.',
  'Rats were given 5 mg/kg i.v. twice daily.¦ Others got it i.p.¦ Controls got saline.',
  'E. coli and S. aureus grew.¦ C. elegans did not.',
  'It grew in vitro (cf. E. coli).¦ Nothing else did.',
  'Turn to p. 5 of the book.¦ There it is.',
  'A dose of 2.5 mg was given.¦ It was 0.5 mg at first.',
  'We compared 12 vs. 14 weeks, i.e. two regimens, e.g. with approx. 3 mg.¦ No. 3 was best.',
  'Streptococcus sp. nov. is proposed.¦ Two other Candida spp. were found.',
  'Dr. J. R. Smith and Prof. A. Fauci helped.¦ We thank Mrs. Lee.',
  'They lack vitamin C.¦ Scurvy follows.¦ Hepatitis B.¦ Levels fell.',
  'The defect lies in complex I.¦ Muscles are weak.',
  'The tumours regressed.¦ p53 is a suppressor.¦ mRNA was measured.¦ c-myc was not.¦ α-Synuclein was.',
  'Receptors were counted.¦ 5-HT was released.¦ 12 rats died.',
  'Is it safe?¦ We think so!¦ Others doubt it.',
  'The rate (12 of 40; P < 0.05. See text) rose.¦ It fell later.',
  '(This is an aside.)¦ The text goes on.',
  'He called it "a cure."¦ She did not.¦ “So be it.”¦ They left.',
  'At 10(-6) M.¦ Cells died.¦ At 10(-9) M they lived.',
  'It was known [1].¦ We knew it too [2–4].¦ [5] was wrong.',
  'It was known.1,2¦ We knew it too.[3]¦ So did they.',
  'The cells died.¦The authors left no blank.',
  'Wait … it works.¦ It does... mostly.',
  '1. Introduction',
  'The aims were two.¦ 1. To see.¦ 2. To tell.',
  'Incubate at 37 °C for 10 min.¦ Wash for 24 h.¦ mRNA is then stable.',
  'A line that was\nwrapped by hand.¦ It goes on.',
  'A heading\n\n¦Then a paragraph without stop\n \n¦and another',
  '第一句。¦第二句！¦第三句',
  'Visit www.example.org/a.b for Node.js v1.2.3 today.¦ Then rest.',
  'The U.S. Senate and the U.K. government agree.¦ In the U.S.¦ The law differs.',
];

describe('splitSentences', () => {
  it.each(paragraphs)('splits %j', (marked) => {
    const expected = marked
      .split('¦')
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== '');
    expect(split(marked.replaceAll('¦', ''))).toEqual(expected);
  });

  it.each(['', ' ', '\n\n\t '])('finds no sentence in %j', (text) => {
    expect(splitSentences(text)).toEqual([]);
  });

  it('returns sorted spans that cover every character except white space', () => {
    const piece = fc.constantFrom(
      '.',
      '!',
      '? ',
      ' ',
      '\n',
      '\n\n',
      '(',
      ')',
      '[1]',
      'E',
      'al',
      'p53',
      '"',
      '。',
      'é',
      '\ud83d',
      '5',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const spans = splitSentences(text);
        let covered = 0;
        for (const { start, end } of spans) {
          expect(text.slice(covered, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
          covered = end;
        }
        expect(text.slice(covered).trim()).toBe('');
      }),
    );
  });

  it.each([['x'], ['word '], ['('], ['"'], ['1,'], ['[1] '], [' '], ['a.']])(
    'takes 100,000 characters of %j without a sentence end as one',
    (unit) => {
      expect(splitSentences(unit.repeat(100_000 / unit.length)).length).toBeLessThanOrEqual(1);
    },
  );
});
