import { describe, expect, it } from 'vitest';
import { type AgentLoss, lossFinder } from '../../../../src/core/questions/lostAgent';
import { PassageSentences } from '../../../../src/core/questions/passageSentences';
import { anchorsOf } from '../../../../src/core/questions/questionAnchors';
import { someNames } from './someNames';

function lossIn(question: string, text: string): AgentLoss | undefined {
  const anchors = anchorsOf(question, someNames);
  const [sentence] = new PassageSentences(text, anchors, someNames).all();
  return sentence && lossFinder(question, anchors)?.(sentence);
}

describe('a sentence speaks of the loss of what acts', () => {
  it.each([
    ['Does EGFR activate BRAF?', 'EGFR deficiency reduced BRAF.', 'Does deficiency of EGFR activate BRAF?'],
    [
      'Does HTT strongly inhibit BRAF?',
      'BRAF rose in HTT-null mice.',
      'Does loss of HTT strongly inhibit BRAF?',
    ],
    ['Is BRAF activated by EGFR?', 'EGFR silencing reduced BRAF.', 'Is BRAF activated by silencing of EGFR?'],
    [
      'Does vitamin K prevent gout?',
      'Lack of vitamin K causes gout.',
      'Does loss of vitamin K prevent gout?',
    ],
    [
      'Does vitamin K supplementation prevent gout?',
      'Vitamin K deficiency causes gout.',
      'Does deficiency of vitamin K prevent gout?',
    ],
    [
      'Does smoking increase cough?',
      'Smoking cessation reduced cough.',
      'Does cessation of smoking increase cough?',
    ],
  ])('%s %s', (question, text, asked) => {
    expect(lossIn(question, text)).toEqual({ question: asked, isAmbiguous: false });
  });

  it('leaves open whether a gene or its loss causes a disease', () => {
    expect(lossIn('Does HTT cause gout?', 'Loss of HTT causes gout.')).toMatchObject({ isAmbiguous: true });
    expect(lossIn('Does vitamin K cause gout?', 'Lack of vitamin K causes gout.')?.isAmbiguous).toBe(false);
  });

  it.each([
    [
      'one that speaks of the thing, too',
      'Does EGFR activate BRAF?',
      'EGFR, but not EGFR loss, activated BRAF.',
    ],
    ['one about the loss of another thing', 'Does EGFR activate BRAF?', 'BRAF deficiency reduced EGFR.'],
    ['a question about a loss', 'Does EGFR deficiency activate BRAF?', 'EGFR deficiency activates BRAF.'],
    ['a question about mutations', 'Do EGFR mutations activate BRAF?', 'EGFR inhibitors reduce BRAF.'],
    [
      'a verb without an opposite',
      'Is EGFR associated with gout?',
      'EGFR deficiency is associated with gout.',
    ],
    ['a question for need', 'Does gout require EGFR?', 'EGFR deficiency prevents gout.'],
  ])('but not %s', (_, question, text) => {
    expect(lossIn(question, text)).toBeUndefined();
  });
});
