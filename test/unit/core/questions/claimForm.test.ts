import { expect, it } from 'vitest';
import { claimForm } from '../../../../src/core/questions/claimForm';

it.each([
  ['Is aspirin ineffective in gout?', 'Is aspirin effective in gout?'],
  ['Does aspirin fail to prevent stroke?', 'Does aspirin prevent stroke?'],
  ['Does aspirin not prevent stroke?', 'Does aspirin prevent stroke?'],
  ['Is the drug unsafe in pregnancy?', 'Is the drug safe in pregnancy?'],
  [
    'Is vaccination free of an association with autism?',
    'Is vaccination linked to an association with autism?',
  ],
  ['Do these cells lack PTEN?', 'Do these cells have PTEN?'],
  ['Is the drug of no use in gout?', 'Is the drug of use in gout?'],
])('turns %s into %s', (question, turned) => {
  expect(claimForm(question)).toEqual({ question: turned, isInverted: true });
});

it.each([
  ['Does aspirin prevent stroke?', 'Does aspirin prevent stroke?'],
  ["Isn't aspirin effective?", 'Is aspirin effective?'],
  ["Can't statins cause myopathy?", 'Can statins cause myopathy?'],
  ['Is a benign tumour of the notochord rare?', 'Is a benign tumour of the notochord rare?'],
])('leaves the direction of %s', (question, read) => {
  expect(claimForm(question)).toEqual({ question: read, isInverted: false });
});
