import { describe, expect, it } from 'vitest';
import { crossesSentences, cutAtBracket, trimSpan } from '../../../../src/core/questions/answerRules';
import { mergeContext, mergeSpans } from '../../../../src/core/questions/answers';

/** Spans of `names` in one passage, each less probable than the previous one. */
function ranked(text: string, ...names: readonly string[]) {
  return names.map((name, rank) => {
    const start = text.indexOf(name);
    expect(start).toBeGreaterThanOrEqual(0);
    return { passage: 0, start, end: start + name.length, margin: 5 - rank };
  });
}

function answersTo(question: string, text: string, ...names: readonly string[]): string[] {
  return mergeSpans(ranked(text, ...names), mergeContext(question, [text])).map((answer) => answer.text);
}

describe('the list of answers', () => {
  const text = 'GKT137831 inhibits Nox1 and Nox4. It did not change NADPH oxidase expression (p22phox).';

  it('leaves out spans that only repeat the question, and worse spans that overlap with them', () => {
    const question = 'Which compound inhibits Nox1 and Nox4?';
    expect(answersTo(question, text, 'Nox1 and Nox4', 'GKT137831', 'inhibits Nox1')).toEqual(['GKT137831']);
  });

  it('keeps words of a question that offers a choice', () => {
    expect(answersTo('Is it Nox1 or Nox2?', text, 'Nox1', 'NADPH oxidase')).toEqual([
      'Nox1',
      'NADPH oxidase',
    ]);
  });

  it('leaves out words without content', () => {
    expect(answersTo('What is inhibited?', text, 'not', 'It did', 'Nox4')).toEqual(['Nox4']);
  });

  it('merges an abbreviation and its long form', () => {
    const prose = 'Cetuximab blocks the epidermal growth factor receptor (EGFR) and KRAS.';
    const [first, second] = mergeSpans(
      ranked(prose, 'EGFR', 'KRAS', 'epidermal growth factor receptor'),
      mergeContext('What does cetuximab block?', [prose]),
    );
    expect(first?.text).toBe('EGFR');
    expect(first?.occurrences.map(({ start, end }) => prose.slice(start, end))).toEqual([
      'EGFR',
      'epidermal growth factor receptor',
    ]);
    expect(second?.text).toBe('KRAS');
  });

  it('contains no answer that continues into the next sentence', () => {
    expect(answersTo('What is inhibited?', text, 'Nox4. It did not', 'Nox4')).toEqual(['Nox4']);
    expect(crossesSentences('oxidase expression. We')).toBe(true);
    expect(crossesSentences("St. John's wort")).toBe(false);
    expect(crossesSentences('Staphylococcus aureus (S. aureus)')).toBe(false);
  });
});

describe('trimSpan', () => {
  function trimmed(text: string): string {
    const { start, end } = trimSpan({ passage: 0, start: 0, end: text.length, margin: 1 }, text);
    return text.slice(start, end);
  }

  it.each([
    ['“Nox4”,', 'Nox4'],
    ['Nox4)', 'Nox4'],
    ['(Nox4', 'Nox4'],
    ['Nox4 (', 'Nox4'],
    ['Ca(2+)', 'Ca(2+)'],
    ['(2S)-ketamine', '(2S)-ketamine'],
    ['...', ''],
  ])('trims %s to %s', (text, expected) => {
    expect(trimmed(text)).toBe(expected);
  });
});

describe('cutAtBracket', () => {
  it.each([
    ['18 (15%', '18'],
    ['amyloid beta (Abeta', 'amyloid beta'],
    ['ALS) is a disease', 'ALS'],
    ['Ca(2+) channel', 'Ca(2+) channel'],
    ['imatinib (Gleevec)', 'imatinib (Gleevec)'],
  ])('cuts %s to %s', (text, expected) => {
    const { start, end } = cutAtBracket({ passage: 0, start: 0, end: text.length, margin: 1 }, text);
    expect(text.slice(start, end)).toBe(expected);
  });
});
