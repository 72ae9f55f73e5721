import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConsistentSpan,
  consistentSpans,
  type SegmentFindings,
} from '../../../../src/core/entities/consistency';
import type { DecodedSpan } from '../../../../src/core/entities/spanCache';
import { findAbbreviations } from '../../../../src/core/text/abbreviations';
import { splitSentences } from '../../../../src/core/text/sentences';

/** Reads `[[name|Type|probability]]`: every name marked so becomes a decoded span. */
function read(marked: string): SegmentFindings {
  const spans: DecodedSpan[] = [];
  let text = '';
  let last = 0;
  for (const match of marked.matchAll(/\[\[(.+?)\|(\w+)\|([\d.]+)\]\]/g)) {
    const [all, name = '', type = '', probability = ''] = match;
    text += marked.slice(last, match.index);
    spans.push({
      start: text.length,
      end: text.length + name.length,
      type,
      probability: Number(probability),
    });
    text += name;
    last = match.index + all.length;
  }
  text += marked.slice(last);
  return { text, sentences: splitSentences(text), spans, abbreviations: findAbbreviations(text) };
}

function run(segments: readonly SegmentFindings[], minProbability = 0.4): ConsistentSpan[][] {
  const steps = consistentSpans(segments, minProbability);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

const brief = (marked: string, minProbability?: number) => {
  const segment = read(marked);
  const [marks = []] = run([segment], minProbability);
  return marks.map(({ start, end, type }) => `${segment.text.slice(start, end)} ${type} ${start}`);
};
const names = (marked: string, minProbability?: number) =>
  brief(marked, minProbability).map((line) => line.replace(/ \d+$/, ''));

describe('consistentSpans', () => {
  it('tags further occurrences of a name in all its spellings', () => {
    expect(names('[[IL-2|Gene|0.9]] rose. [[IL-2|Gene|0.8]] fell. IL 2 and il2 did not.')).toEqual([
      'IL-2 Gene',
      'IL-2 Gene',
      'IL 2 Gene',
      'il2 Gene',
    ]);
  });

  it('reports which tags are inferred, with the probability of the name', () => {
    const [marks = []] = run([read('[[Gefitinib|Chemical|0.9]] helps. So does gefitinib.')]);
    expect(marks).toEqual([
      { start: 0, end: 9, type: 'Chemical', probability: 0.9 },
      {
        start: 25,
        end: 34,
        type: 'Chemical',
        probability: expect.closeTo(0.9 / 1.6, 5) as number,
        isInferred: true,
      },
    ]);
  });

  it('removes one weak hit among many occurrences', () => {
    expect(names('A [[question|Disease|0.5]] is a question. This question is no question.')).toEqual([]);
  });

  it('counts spans below the threshold as evidence', () => {
    expect(names('[[CSC|Disease|0.5]] and [[CSC|Disease|0.38]].')).toHaveLength(2);
    expect(names('[[CSC|Disease|0.5]] and [[CSC|Disease|0.02]].')).toEqual([]);
  });

  it('gives a name the type with the most votes', () => {
    expect(names('[[fisetin|Gene|0.6]], [[fisetin|Chemical|0.9]] and [[fisetin|Chemical|0.5]].')).toEqual(
      Array(3).fill('fisetin Chemical'),
    );
  });

  it('accepts any type names', () => {
    expect(names('[[Ada|PERSON|0.9]] wrote. Ada, or [[ADA|ORG|0.8]], read.')).toEqual([
      'Ada PERSON',
      'Ada PERSON',
      'ADA ORG',
    ]);
  });

  it('gives an abbreviation and its long form one type', () => {
    expect(
      names(
        '[[Breast cancer gene|Gene|0.9]] (BCG) helps. [[BCG|Chemical|0.6]] and [[BCG|Chemical|0.5]] work.',
      ),
    ).toEqual(['Breast cancer gene Gene', 'BCG Gene', 'BCG Gene', 'BCG Gene']);
  });

  it('does not join the meanings of a short form that is defined twice', () => {
    const marked =
      '[[Motor memory gene|Gene|0.9]] (MMG) rose. [[Malignant melanoma growth|Disease|0.9]] ([[MMG|Disease|0.9]]) fell.';
    expect(names(marked)).toContain('Motor memory gene Gene');
    expect(names(marked)).toContain('Malignant melanoma growth Disease');
  });

  it('removes an abbreviation whose long form is not an entity', () => {
    expect(names('Protracted venous infusion (PVI) is used. [[PVI|Chemical|0.6]] works.')).toEqual([]);
  });

  it('does not change a name inside a longer tag', () => {
    const text =
      '[[Breast cancer|Disease|0.9]] differs. The [[breast cancer susceptibility gene 1|Gene|0.9]] and breast cancer.';
    expect(names(text)).toEqual([
      'Breast cancer Disease',
      'breast cancer susceptibility gene 1 Gene',
      'breast cancer Disease',
    ]);
  });

  it('prefers the longer of two names', () => {
    expect(
      names(
        '[[lung cancer|Disease|0.9]], [[cancer|Disease|0.9]], [[lung cancer|Disease|0.9]]. Lung cancer.',
      ).at(-1),
    ).toBe('Lung cancer Disease');
  });

  it.each([
    [
      'authors of cited work',
      '[[Rice|Species|0.9]] and [[rice|Species|0.9]] grow (Rice, 2004; Rice et al.).',
    ],
    ['a verb spelt like a gene', '[[Rest|Gene|0.9]] and [[Rest|Gene|0.9]] bind. The rest do not.'],
    ['a word spelt like a symbol', '[[CAT|Gene|0.9]] and [[CAT|Gene|0.9]] bind. A cat sat.'],
    ['parts of words', '[[IL-2|Gene|0.9]] and [[IL-2|Gene|0.9]] bind. IL-22 and IL-2R do not.'],
  ])('does not tag %s', (_, text) => {
    expect(names(text)).toHaveLength(2);
  });

  it('does not tag across a sentence boundary', () => {
    expect(names('[[Breast cancer|Disease|0.9]] kills. It is in the breast. Cancer kills.')).toHaveLength(1);
  });

  it('treats text between the decoded sentences as unknown', () => {
    const segment = read('[[Aspirin|Chemical|0.5]] helps. No aspirin. No aspirin. No aspirin.');
    const sentences = segment.sentences.slice(0, 1);
    expect(run([{ ...segment, sentences }])[0]).toHaveLength(1);
    expect(run([segment])[0]).toEqual([]);
  });

  it('uses the evidence of all segments', () => {
    const result = run([
      read('No gefitinib.'),
      read('[[Gefitinib|Chemical|0.9]] and [[gefitinib|Chemical|0.9]].'),
    ]);
    expect(result.map((marks) => marks.length)).toEqual([1, 2]);
  });

  it('adds no improbable occurrences below a lowered threshold', () => {
    const text = '[[question|Disease|0.2]] and question.';
    expect(names(text, 0.05)).toEqual(['question Disease']);
  });

  it('removes no tag above a raised threshold because of other occurrences', () => {
    const text = '[[Iressa|Chemical|0.95]], [[Iressa|Chemical|0.6]] and Iressa.';
    expect(brief(text, 0.9)).toEqual(['Iressa Chemical 0']);
  });

  describe('for any findings', () => {
    const word = fc.constantFrom(
      'EGFR',
      'egfr',
      'cancer',
      'lung',
      'IL-2',
      'α',
      '(x)',
      'the',
      'kit',
      'Kit',
      'et al.',
      '𝒳',
    );
    const piece = fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 3 }),
      type: fc.constantFrom('Gene', 'Disease', 'PERSON'),
      probability: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined }),
    });
    const segment = fc
      .array(piece, { maxLength: 12 })
      .map((parts) =>
        read(
          parts
            .map(({ words, type, probability }) =>
              probability === undefined
                ? words.join(' ')
                : `[[${words.join(' ')}|${type}|${probability.toFixed(3)}]]`,
            )
            .join('. '),
        ),
      );
    const segments = fc.array(segment, { maxLength: 4 });

    it('returns sorted tags inside the text, without overlaps, of types that were found', () => {
      let seen = 0;
      fc.assert(
        fc.property(segments, (all) => {
          const types = new Set(all.flatMap(({ spans }) => spans.map(({ type }) => type)));
          for (const [i, marks] of run(all).entries()) {
            let last = 0;
            for (const { start, end, type, probability } of marks) {
              expect(start).toBeGreaterThanOrEqual(last);
              expect(end).toBeGreaterThan(start);
              expect(end).toBeLessThanOrEqual(all[i]?.text.length ?? 0);
              expect(types).toContain(type);
              expect(probability).toBeGreaterThanOrEqual(0.4);
              expect(probability).toBeLessThanOrEqual(1);
              last = end;
            }
            seen += marks.length;
          }
        }),
      );
      expect(seen).toBeGreaterThan(0);
    });

    it('gives one spelling one type', () => {
      let seen = 0;
      fc.assert(
        fc.property(segments, (all) => {
          const types = new Map<string, string>();
          for (const [i, marks] of run(all).entries()) {
            for (const { start, end, type } of marks) {
              const spelling = all[i]?.text.slice(start, end) ?? '';
              expect(types.get(spelling) ?? type).toBe(type);
              types.set(spelling, type);
            }
            seen += marks.length;
          }
        }),
      );
      expect(seen).toBeGreaterThan(0);
    });

    it('does not change its own result', () => {
      fc.assert(
        fc.property(segments, (all) => {
          const once = run(all);
          const again = run(all.map((each, i) => ({ ...each, found: once[i] ?? [] })));
          const places = (marks: ConsistentSpan[][]) =>
            marks.map((own) => own.map(({ start, end, type }) => [start, end, type]));
          expect(places(again)).toEqual(places(once));
        }),
      );
    });
  });

  it('needs time proportional to the text, for any number of names', () => {
    const textOf = (count: number) =>
      Array.from({ length: count }, (_, i) => `[[gene${i}x|Gene|0.9]] binds gene${i}x and factor ${i}.`).join(
        ' ',
      );
    const time = (segment: SegmentFindings) => {
      const start = performance.now();
      run([segment]);
      return performance.now() - start;
    };
    const fastest = (segment: SegmentFindings) => Math.min(...[1, 2, 3].map(() => time(segment)));
    const [small, large] = [read(textOf(200)), read(textOf(1600))];
    // Eight times the text; quadratic work would take sixty-four times as long.
    expect(fastest(large) / fastest(small)).toBeLessThan(32);
  });
});
