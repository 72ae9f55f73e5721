import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedSentence } from '../../../../src/core/curation/namesInSentence';
import type { Evidence } from '../../../../src/core/curation/evidenceFile';
import { entry } from '../review/citedEntries';

function pair(subject: string, object: string, sentence: string): Evidence {
  const name = (text: string) => ({ name: text, type: 'Gene' });
  const topic = { kind: 'pair' as const, subject: name(subject), relation: 'inhibits', object: name(object) };
  return entry({ topic, sentence });
}

const shown = (evidence: Evidence): string =>
  markedSentence(evidence)
    .map(({ text, isMarked }) => (isMarked ? `<${text}>` : text))
    .join('');

describe('a sentence with its names', () => {
  it.each([
    ['EGF', 'EGFR', 'EGF binds EGFR; EGF is small.', '<EGF> binds <EGFR>; <EGF> is small.'],
    ['gefitinib', 'EGFR', 'Gefitinib inhibits EGFR.', '<Gefitinib> inhibits <EGFR>.'],
    ['cat', 'CAT', 'The cat has CAT.', 'The <cat> has <CAT>.'],
    ['ABL', 'BCR', 'BCRABL is one.', '<BCR><ABL> is one.'],
    ['breast cancer', 'x', 'In breast\n cancer it failed.', 'In <breast\n cancer> it failed.'],
    ['(R)-a+b', 'c*', 'Take (R)-a+b or c*.', 'Take <(R)-a+b> or <c*>.'],
    ['breast cancer', 'cancer', 'A breast cancer.', 'A <breast cancer>.'],
    ['', 'missing', 'Nothing here.', 'Nothing here.'],
  ])('marks %s and %s', (subject, object, sentence, expected) => {
    expect(shown(pair(subject, object, sentence))).toBe(expected);
  });

  it('marks the answer to a question', () => {
    expect(shown(entry({ answer: '40 %' }))).toBe('Aspirin raised the urate of <40 %> of them.');
    expect(shown(entry())).toBe('Aspirin raised the urate of 40 % of them.');
  });

  it('keeps all of the text, whatever the names are', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 });
    fc.assert(
      fc.property(text, text, text, (subject, object, sentence) => {
        const parts = markedSentence(pair(subject, object, `${sentence}${subject} ${object}${sentence}`));
        expect(parts.map((part) => part.text).join('')).toBe(`${sentence}${subject} ${object}${sentence}`);
      }),
    );
  });
});
