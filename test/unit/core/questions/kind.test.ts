import { describe, expect, it } from 'vitest';
import { questionKind } from '../../../../src/core/questions/kind';

describe('the kind of a question', () => {
  it.each([
    'Is Huntington disease dominant?',
    'Does aspirin lower the risk of colorectal cancer?',
    'Can statins cause diabetes?',
    "Isn't imatinib a kinase inhibitor?",
    'In patients with asthma, does vitamin D help?',
  ])('is yesno for %s', (question) => expect(questionKind(question)).toBe('yesno'));

  it.each([
    'List symptoms of scurvy.',
    'Which genes are mutated in melanoma?',
    'What are the side effects of metformin?',
    'Which drugs lower blood pressure?',
    'Name the subtypes of breast cancer.',
  ])('is list for %s', (question) => expect(questionKind(question)).toBe('list'));

  it.each([
    'Which gene causes Huntington disease?',
    'What is the target of trastuzumab?',
    'Where is insulin made?',
    'How many chromosomes does a human cell have?',
    'What disease is treated with imatinib?',
    'Which virus causes measles?',
    'Who discovered penicillin?',
    'Target of olaparib?',
    'Which analysis was used?',
  ])('is factoid for %s', (question) => expect(questionKind(question)).toBe('factoid'));

  it('is defined for any text', () => {
    for (const odd of ['', '???', 'W', '\ud800', 'what']) expect(questionKind(odd)).toBe('factoid');
  });

  it.each([
    'What reverses dabigatran?',
    'Which drug harms the kidney?',
    'What transmits malaria?',
    'What breaks down dopamine?',
  ])('is factoid for %s', (question) => expect(questionKind(question)).toBe('factoid'));
});
