import { describe, expect, it } from 'vitest';
import { answeredClaim } from '../../../../src/core/questions/answeredClaim';

describe('a question and an answer as a claim', () => {
  it.each([
    ['Which drugs inhibit FLT3?', 'Does X inhibit FLT3?'],
    ['Which drug causes cholestatic jaundice?', 'Does X cause cholestatic jaundice?'],
    ['Which UGT enzyme glucuronidates nicotine?', 'Does X glucuronidate nicotine?'],
    ['Which mutation confers resistance to gefitinib?', 'Does X confer resistance to gefitinib?'],
    ['What increases the risk of stroke?', 'Does X increase the risk of stroke?'],
    ['What causes mucormycosis?', 'Does X cause mucormycosis?'],
    ['Which gene mutations confer resistance in lung cancer?', 'Does X confer resistance in lung cancer?'],
    ['Which kinase does crizotinib inhibit?', 'Does crizotinib inhibit X?'],
    ['What does metformin activate?', 'Does metformin activate X?'],
    ['What does metformin activate in the heart?', 'Does metformin activate X in the heart?'],
    ['Which adverse event did sorafenib cause?', 'Did sorafenib cause X?'],
    ['Which gene is mutated in Li-Fraumeni syndrome?', 'Is X mutated in Li-Fraumeni syndrome?'],
    ['Which receptor tyrosine kinase is mutated in glioma?', 'Is X mutated in glioma?'],
    ['Which drugs are aromatase inhibitors?', 'Are X aromatase inhibitors?'],
    ['What is the target of thalidomide?', 'Is X the target of thalidomide?'],
    ['What are the side effects of tamoxifen?', 'Are X the side effects of tamoxifen?'],
    ['What is thalidomide used for?', 'Is thalidomide used for X?'],
    ['What type of cancer can imatinib be used for?', 'Can imatinib be used for X?'],
    [
      'Imatinib was developed for the treatment of which disease?',
      'Imatinib was developed for the treatment of X?',
    ],
    ['In which organ is insulin produced?', 'Is insulin produced in X?'],
    ['In breast cancer, which drugs inhibit HER2?', 'Does X inhibit HER2 in breast cancer?'],
    ['Which drugs used in leukemia are inhibitors of ABL?', 'Are X inhibitors of ABL?'],
    ['Please list the symptoms of gout.', 'Is X one of the symptoms of gout?'],
    ['List drugs that inhibit ABL', 'Does X inhibit ABL?'],
  ])('%s', (question, claim) => {
    expect(answeredClaim(question, 'X')).toBe(claim);
  });

  it.each([
    ['a number', 'How many patients were enrolled?'],
    ['a time', 'When was imatinib approved?'],
    ['a reason', 'Why is tamoxifen stopped?'],
    ['a side', 'Does metformin prevent gout?'],
    ['a kind alone', 'Which gene?'],
    ['nothing', 'Which?'],
  ])('a question for %s has none', (_, question) => {
    expect(answeredClaim(question, 'X')).toBeUndefined();
  });
});
