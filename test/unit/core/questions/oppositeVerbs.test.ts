import { describe, expect, it } from 'vitest';
import { QuestionSubject } from '../../../../src/core/questions/otherSubject';
import { PassageSentences } from '../../../../src/core/questions/passageSentences';
import { anchorsOf } from '../../../../src/core/questions/questionAnchors';
import { someNames } from './someNames';

function isOpposite(question: string, text: string): boolean {
  const anchors = anchorsOf(question, someNames);
  const passage = new PassageSentences(text, anchors, someNames);
  const [sentence] = passage.all();
  return sentence !== undefined && new QuestionSubject(question, anchors).isOppositeIn(sentence);
}

describe('a sentence says the opposite of the object of a question', () => {
  it.each([
    ['Does imatinib inhibit EGFR?', 'Imatinib inhibits mTOR signaling, activates EGFR, and kills cells.'],
    ['Does imatinib inhibit EGFR?', 'Imatinib inhibits mTOR and stimulates EGFR.'],
    ['Does imatinib inhibit EGFR?', 'EGFR was strongly activated by imatinib.'],
    ['Does imatinib activate EGFR?', 'Imatinib activates mTOR but blocks EGFR.'],
    ['Does imatinib inhibit mTOR?', 'Imatinib activates mTOR.'],
    ['Does metformin cause gout?', 'Effects of metformin can lessen gout.'],
    ['Does metformin cause gout?', 'Metformin prevents ibuprofen-induced gout.'],
    ['Does metformin cause gout?', 'Instability induced by metformin delays gout.'],
    ['Does metformin prevent gout?', 'Metformin causes gout.'],
    ['Does metformin cause gout?', 'Metformin lowered glucose without severe gout.'],
    ['Does ibuprofen prevent gout?', 'Metformin prevents ibuprofen-induced gout.'],
    ['Which drug can inhibit EGFR?', 'Imatinib promotes EGFR signaling.'],
    ['Which drug inhibits EGFR?', 'Imatinib, an activator of EGFR, kills cells.'],
    ['Which drug activates EGFR?', 'Imatinib is an inhibitor of EGFR.'],
    ['Which drug inhibits EGFR?', 'Imatinib inhibits mTOR through EGFR.'],
    ['Which drug inhibits EGFR?', 'Imatinib inhibits mTOR independently of EGFR.'],
    ['Which drug inhibits EGFR?', 'Imatinib blocks the EGFR-dependent growth of cells.'],
    ['Does imatinib inhibit EGFR?', 'Imatinib inhibits EGFR-driven signaling and EGFR-overexpressing cells.'],
    ['Does imatinib inhibit EGFR?', 'Imatinib inhibited mTOR after siRNA knockdown of EGFR.'],
    ['Does imatinib inhibit EGFR?', 'Imatinib inhibits mTOR, which enables it to target EGFR signaling.'],
  ])('%s %s', (question, text) => {
    expect(isOpposite(question, text)).toBe(true);
  });

  it.each([
    ['the same verb', 'Does imatinib inhibit EGFR?', 'Imatinib activates mTOR and inhibits EGFR.'],
    [
      'a verb that takes it back',
      'Does imatinib inhibit EGFR?',
      'Imatinib decreased the activation of EGFR.',
    ],
    ['the agent of the same', 'Does imatinib inhibit EGFR?', 'Imatinib is an inhibitor of EGFR.'],
    ['its inhibitor', 'Does imatinib inhibit EGFR?', 'Imatinib, an EGFR inhibitor, kills cells.'],
    ['its pathway', 'Does imatinib inhibit EGFR?', 'Imatinib inhibits EGFR signaling.'],
    ['its pathway in the passive', 'Does imatinib inhibit EGFR?', 'EGFR signaling was blocked by imatinib.'],
    ['what it drives', 'Does imatinib inhibit EGFR-driven growth?', 'Imatinib inhibits EGFR-driven growth.'],
    ['its mutant', 'Does imatinib inhibit EGFR?', 'Imatinib inhibits mutant EGFR.'],
    ['a way to activate it', 'Does imatinib activate EGFR?', 'Imatinib induces mTOR through EGFR.'],
    ['a noun', 'Does imatinib inhibit EGFR?', 'Imatinib and activation of EGFR were studied.'],
    ['a verb before the list', 'Does imatinib inhibit EGFR?', 'Imatinib blocks activated EGFR.'],
    [
      'another place that has the verb',
      'Does imatinib inhibit EGFR?',
      'Ibuprofen activates EGFR, and imatinib inhibits EGFR.',
    ],
    [
      'the cause of the object',
      'Does metformin prevent ibuprofen-induced gout?',
      'Metformin prevents ibuprofen-induced gout.',
    ],
    ['the own cause', 'Does ibuprofen cause gout?', 'Metformin prevents ibuprofen-induced gout.'],
    ['no object in the sentence', 'Does imatinib inhibit EGFR?', 'Imatinib activates mTOR.'],
    ['a passive question', 'Is EGFR inhibited by imatinib?', 'Ibuprofen activates imatinib.'],
    ['a question with another verb', 'Does imatinib bind EGFR?', 'Imatinib activates EGFR.'],
  ])('but not with %s', (_, question, text) => {
    expect(isOpposite(question, text)).toBe(false);
  });
});
