import { describe, expect, it } from 'vitest';
import {
  askedPassage,
  createAskedQuestion,
  type QuestionConcept,
} from '../../../../src/core/questions/askedQuestion';

/** The concept of a name in a question. */
function concept(
  question: string,
  mention: string,
  synonyms: readonly string[],
  type = 'Chemical',
): QuestionConcept {
  const start = question.indexOf(mention);
  return { type, name: mention, synonyms, mention: { start, end: start + mention.length } };
}

const question = 'Does acetaminophen harm the liver?';
const drug = concept(question, 'acetaminophen', ['paracetamol', 'n-(4-hydroxyphenyl)acetamide', 'apap']);

describe('a question about a concept with several names', () => {
  const asked = createAskedQuestion(question, [drug]);

  it('is put to a passage with the name that the passage uses', () => {
    expect(asked.askedOf('A dose of Paracetamol is safe.')).toBe('Does Paracetamol harm the liver?');
    expect(asked.askedOf('N-(4-hydroxyphenyl)acetamide is safe.')).toContain('N-(4-hydroxyphenyl)acetamide');
    expect(askedPassage(asked, 'Paracetamol harms.')).toEqual({
      text: 'Paracetamol harms.',
      question: 'Does Paracetamol harm the liver?',
    });
  });

  it('stays as it is for a passage with its own name, or with no name', () => {
    for (const text of ['Acetaminophen (paracetamol) is safe.', 'Aspirin is safe.', ''])
      expect(askedPassage(asked, text)).toEqual({ text });
  });

  it('finds every other name in a passage, and leaves the rest as it is', () => {
    expect(asked.unify('APAP, i.e. paracetamol; not  paracetamolum or aspirin.')).toBe(
      'acetaminophen, i.e. acetaminophen; not  paracetamolum or aspirin.',
    );
    expect(asked.unify('Acetaminophen is safe.')).toBe('Acetaminophen is safe.');
  });
});

describe('the other names of a question', () => {
  it('are found in any spelling, also if only their keys are known', () => {
    const text = 'What does sorafenib inhibit?';
    const asked = createAskedQuestion(text, [concept(text, 'sorafenib', ['bay43-9006', 'nexavar'])]);
    for (const name of ['BAY 43-9006', 'BAY43-9006', 'bay 43 9006', 'Nexavar'])
      expect(asked.askedOf(`We gave ${name} to mice.`)).toBe(`What does ${name} inhibit?`);
    expect(asked.askedOf('We gave BAY 43-900 and XBAY 43-9006.')).toBe(text);
  });

  it('are not matched across the end of a sentence or a bracket', () => {
    const text = 'What treats liver cancer?';
    const asked = createAskedQuestion(text, [concept(text, 'liver cancer', ['hepatocellularcarcinoma'])]);
    expect(asked.askedOf('It is hepatocellular. Carcinoma is rare.')).toBe(text);
    expect(asked.askedOf('hepatocellular (carcinoma)')).toBe(text);
    expect(asked.askedOf('hepatocellular\ncarcinomas')).toBe('What treats hepatocellular carcinomas?');
  });

  it('do not include ordinary words, short names and symbols in small letters', () => {
    const text = 'What does REST1 bind?';
    const gene = concept(text, 'REST1', ['impact', 'was', 'rx', 'xbr', 'nrsf'], 'Gene');
    const asked = createAskedQuestion(text, [gene]);
    for (const passage of ['The impact was high.', 'The RX of it.', 'An xbr of rest.', 'Nrsf it.'])
      expect(asked.askedOf(passage)).toBe(text);
    expect(asked.askedOf('NRSF binds it.')).toBe('What does NRSF bind?');
  });

  it('are not made of words that stand beside each other', () => {
    const text = 'Does aspirin inhibit EGFR?';
    const asked = createAskedQuestion(text, [
      concept(text, 'aspirin', ['asa', 'acetylsalicylicacid']),
      concept(text, 'EGFR', ['her1'], 'Gene'),
    ]);
    expect(asked.askedOf('We use EGF as a stimulus in her 1 cells, asa.')).toBe(text);
    expect(asked.askedOf('ASA and HER 1')).toBe('Does ASA inhibit HER 1?');
    expect(asked.askedOf('Acetylsalicylic acid was given.')).toBe('Does Acetylsalicylic acid inhibit EGFR?');
  });

  it('do not replace a name that the passage has as a part of a longer one', () => {
    const text = 'What causes breast cancer?';
    const asked = createAskedQuestion(text, [
      concept(text, 'breast cancer', ['hereditarybreastcancer', 'breasttumor'], 'Disease'),
    ]);
    expect(asked.askedOf('Hereditary breast cancer is rare.')).toBe(text);
    expect(asked.askedOf('Some breast tumors are rare.')).toBe('What causes breast tumors?');
  });

  it('are not those of an ordinary word in the question', () => {
    const text = 'Does REST bind, and does the rest?';
    const asked = createAskedQuestion(text, [
      concept(text, 'Does', ['desmin'], 'Gene'),
      concept(text, 'REST', ['nrsf'], 'Gene'),
      concept(text, 'rest', ['remainder'], 'Gene'),
    ]);
    expect(asked.names.map(({ text: name }) => name)).toEqual(['REST']);
  });

  it('belong to the longest of mentions that overlap, and to all concepts of one mention', () => {
    const text = 'Is breast cancer caused by HER2?';
    const asked = createAskedQuestion(text, [
      concept(text, 'cancer', ['neoplasm'], 'Disease'),
      concept(text, 'breast cancer', ['mammary carcinoma'], 'Disease'),
      concept(text, 'HER2', ['ERBB2'], 'Gene'),
      concept(text, 'HER2', ['NEU2'], 'Gene'),
    ]);
    expect(asked.names.map(({ text: name }) => name)).toEqual(['breast cancer', 'HER2']);
    expect(asked.askedOf('A neoplasm of ERBB2 in mammary carcinomas.')).toBe(
      'Is mammary carcinomas caused by ERBB2?',
    );
    expect(asked.unify('NEU2 and ERBB2')).toBe('HER2 and HER2');
  });

  it('do not exist without a mention, or for a mention outside the question', () => {
    const nowhere = { ...drug, mention: undefined };
    const outside = { ...drug, mention: { start: 30, end: 90 } };
    const empty = { ...drug, mention: { start: 4, end: 4 } };
    expect(createAskedQuestion(question, [nowhere, outside, empty]).names).toEqual([]);
  });

  it('are found in time that grows with the length of the passage only', () => {
    const text = 'What is aab?';
    const names = Array.from({ length: 100 }, (_, i) => `${'a b '.repeat(12)}${i}x`);
    const asked = createAskedQuestion(text, [concept(text, 'aab', names)]);
    const started = performance.now();
    expect(asked.unify('a b '.repeat(20_000))).toHaveLength(80_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
