import { expect, it } from 'vitest';
import { guessNullAnswer } from '../../../../src/core/questions/nullAnswerGuess';

it.each([
  ['bert-base-cased-squad2', true],
  ['BioM-ELECTRA-SQuAD2', true],
  ['biobert_squad_v2', true],
  ['biobert-squad-v2.0', true],
  ['biobert-base-cased-v1.1-squad', false],
  ['squad1-of-2', false],
  ['', false],
])('guesses whether %s can find no answer: %s', (name, expected) => {
  expect(guessNullAnswer(['model', name])).toBe(expected);
});
