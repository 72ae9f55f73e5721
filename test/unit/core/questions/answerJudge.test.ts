import { describe, expect, it } from 'vitest';
import { AnswerJudge } from '../../../../src/core/questions/answerJudge';
import { questionWords } from '../../../../src/core/questions/answerRules';
import { someNames } from './someNames';

function judgeOf(question: string): AnswerJudge {
  return new AnswerJudge({ question, words: questionWords(question), names: someNames });
}

/** The number that the judge adds to the score of a part of the text. */
function adjustment(question: string, text: string, answer: string): number {
  const start = text.indexOf(answer);
  expect(start, answer).toBeGreaterThanOrEqual(0);
  return judgeOf(question).adjustment(text, { start, end: start + answer.length });
}

/** Expects that the judge puts each right answer far before each wrong one. */
function expectFarBefore(
  question: string,
  text: string,
  right: readonly string[],
  wrong: readonly string[],
): void {
  for (const answer of right) {
    const own = adjustment(question, text, answer);
    expect(own, answer).toBeGreaterThan(-Infinity);
    for (const other of wrong)
      expect(adjustment(question, text, other), `${other} after ${answer}`).toBeLessThanOrEqual(own - 3);
  }
}

type Case = readonly [question: string, text: string, right: readonly string[], wrong: readonly string[]];

describe('the judge of answers', () => {
  it.each<Case>([
    [
      'What reverses dabigatran?',
      'Warfarin is reversed by vitamin K, and dabigatran by idarucizumab.',
      ['idarucizumab'],
      ['Warfarin', 'vitamin K', 'vitamin K, and dabigatran'],
    ],
    [
      'Which mutations confer resistance to imatinib?',
      'T315I and mutations of BRAF confer resistance to imatinib, but not to dasatinib in melanoma.',
      ['T315I', 'BRAF'],
      ['dasatinib', 'melanoma'],
    ],
    [
      'Which drugs cause gout?',
      'Gout was caused by lisinopril and imatinib, but ibuprofen has relieved gout that simvastatin and metformin caused.',
      ['lisinopril', 'metformin'],
      ['lisinopril and imatinib, but ibuprofen', 'ibuprofen has relieved gout that simvastatin'],
    ],
    [
      'Which drugs lower uric acid?',
      'Metformin ameliorates gout and lowers uric acid. Ibuprofen was superior to imatinib, but lisinopril, which is older, lowers uric acid.',
      ['Metformin', 'lisinopril'],
      ['Metformin ameliorates gout', 'Ibuprofen was superior to imatinib', 'lisinopril, which'],
    ],
    [
      'What does imatinib inhibit?',
      'Imatinib inhibits ABL1 and activates EGFR.',
      ['ABL1'],
      ['ABL1 and activates EGFR'],
    ],
    [
      'Which drugs inhibit ABL1?',
      'Imatinib (Gleevec; Novartis Pharmaceuticals, East Hanover, NJ) and dasatinib (Sprycel) inhibit ABL1.',
      ['Imatinib', 'Gleevec', 'dasatinib', 'Sprycel'],
      ['Novartis', 'East Hanover', 'NJ'],
    ],
    [
      'Which drugs inhibit EGFR?',
      'Ibuprofen inhibits BRAF and activates EGFR. Imatinib inhibits EGFR.',
      ['Imatinib'],
      ['Ibuprofen'],
    ],
    ['Which drugs cause gout?', 'Metformin lessens ibuprofen-induced gout.', ['ibuprofen'], ['Metformin']],
    [
      'Which drugs are EGFR inhibitors?',
      'Metformin and the EGFR inhibitor imatinib are used.',
      ['imatinib'],
      ['Metformin'],
    ],
    [
      'Which drugs are EGFR inhibitors?',
      'Dasatinib and other EGFR inhibitors, such as imatinib and sorafenib, do not help in gout.',
      ['Dasatinib', 'imatinib', 'sorafenib'],
      ['gout'],
    ],
    [
      'What antagonises benzodiazepines?',
      'Opioids are antagonised by naloxone and benzodiazepines by flumazenil.',
      ['flumazenil'],
      ['naloxone', 'Opioids'],
    ],
    [
      'What transmits dengue?',
      'Malaria is transmitted by Anopheles, dengue by Aedes and sleeping sickness by tsetse flies.',
      ['Aedes'],
      ['Anopheles', 'tsetse flies'],
    ],
    [
      'What inhibits thrombin?',
      'Rivaroxaban inhibits factor Xa, whereas dabigatran inhibits thrombin.',
      ['dabigatran'],
      ['Rivaroxaban', 'factor Xa'],
    ],
    [
      'What was mortality with placebo?',
      'Mortality was 4.2% with drug and 9.8% with placebo.',
      ['9.8%'],
      ['4.2%', '4.2% with drug and 9.8%'],
    ],
    [
      'What was mortality with the drug?',
      'Mortality was 4.2% with drug and 9.8% with placebo.',
      ['4.2%'],
      ['9.8%'],
    ],
    [
      'What was the response rate with ipilimumab?',
      'The response rate was 33% with pembrolizumab versus 12% with ipilimumab.',
      ['12%'],
      ['33%'],
    ],
    [
      'What was the median age of the women?',
      'The median age was 54 years in men and 61 years in women.',
      ['61 years'],
      ['54 years'],
    ],
    [
      'How many had rash?',
      'Cough, fever and rash occurred in 18, 12 and 5 patients, respectively.',
      ['5'],
      ['18', '12'],
    ],
    [
      'How many patients had fever?',
      'Cough was present in 18, fever in 12 and rash in 7 patients.',
      ['12'],
      ['18', '7'],
    ],
  ])('reads the part of the sentence that is asked for: %s', expectFarBefore);

  it.each<Case>([
    ['How many had cough?', 'Of 120 patients, 18 (15%) had cough.', ['18'], ['120', '15%']],
    ['How many patients relapsed?', 'Among 84 patients, 9 relapsed within 12 months.', ['9'], ['84', '12']],
    ['What proportion had cough?', 'Of 120 patients, 18 (15%) had cough.', ['15%'], ['18', '120']],
    [
      'In which year was vemurafenib approved?',
      'In 2011, vemurafenib was approved for melanoma at 960 mg.',
      ['2011'],
      ['960 mg', 'melanoma'],
    ],
    [
      'In which country was the study done?',
      'Barrett randomised 212 adults in Denmark to fasting or usual diet in Aarhus.',
      ['Denmark'],
      ['Aarhus', '212', 'Barrett'],
    ],
    [
      'On which chromosome is HTT?',
      'The HTT gene lies on chromosome 4 and has 67 exons.',
      ['chromosome 4'],
      ['67 exons'],
    ],
    [
      'What is the half-life of digoxin?',
      'The half-life of digoxin is 36 hours in adults.',
      ['36 hours'],
      ['adults'],
    ],
  ])('expects a value of the kind that is asked for: %s', expectFarBefore);

  it.each<Case>([
    [
      'Which enzyme breaks down dopamine?',
      'The enzyme that breaks down dopamine is monoamine oxidase B, not catalase.',
      ['monoamine oxidase B'],
      ['catalase', 'not catalase', 'monoamine oxidase B, not catalase'],
    ],
    ['Which drug inhibits BRAF?', 'Dasatinib, unlike imatinib, inhibits BRAF.', ['Dasatinib'], ['imatinib']],
    [
      'Which drug harms the liver?',
      'Paracetamol may harm the liver, but ibuprofen does not harm the liver.',
      ['Paracetamol'],
      ['ibuprofen'],
    ],
    [
      'Which drug lowers the risk of gout?',
      'Metformin lowers the risk of gout. Simvastatin does not lower the risk of gout.',
      ['Metformin'],
      ['Simvastatin'],
    ],
    [
      'Which drug does not harm the liver?',
      'Lithium prevents mania but may harm the kidney. Ibuprofen does not harm the liver.',
      ['Ibuprofen'],
      ['Lithium'],
    ],
    ['What does imatinib inhibit?', 'Imatinib inhibits BCR-ABL but not EGFR.', ['BCR-ABL'], ['EGFR']],
    ['What causes migraine?', 'Wine rather than cheese causes migraine.', ['Wine'], ['cheese']],
  ])('leaves out what the sentence denies: %s', expectFarBefore);

  it.each<Case>([
    [
      'Which gene is mutated in melanoma?',
      'In melanoma, BRAF is mutated and imatinib fails.',
      ['BRAF'],
      ['imatinib'],
    ],
    [
      'Which kinase does imatinib inhibit?',
      'Imatinib is a tyrosine kinase inhibitor (TKI) that inhibits the receptor tyrosine kinase ABL1.',
      ['ABL1', 'receptor tyrosine kinase ABL1'],
      ['a tyrosine kinase inhibitor', 'TKI', 'the receptor tyrosine kinase'],
    ],
    [
      'Which mutations cause gout?',
      'Missense mutations such as T315I cause gout.',
      ['T315I'],
      ['Missense mutations'],
    ],
    [
      'Which drug lowers blood pressure in hypertension?',
      'In hypertension with gout, lisinopril lowers blood pressure.',
      ['lisinopril'],
      ['gout'],
    ],
  ])('expects a name of the type that is asked for: %s', expectFarBefore);

  it.each<Case>([
    [
      'What does lisinopril treat?',
      'Lisinopril is used for hypertension. The commonest side effect of lisinopril is cough.',
      ['hypertension'],
      ['cough'],
    ],
    [
      'What are the side effects of metformin?',
      'The adverse effects of metformin include diarrhoea. Metformin is prescribed for gout.',
      ['diarrhoea'],
      ['gout'],
    ],
    [
      'What are the side effects of sorafenib?',
      'The side effects of sorafenib in patients treated for melanoma were hypertension and diarrhoea.',
      ['hypertension', 'diarrhoea'],
      ['melanoma'],
    ],
    [
      'What is imatinib used for?',
      'Imatinib is effective in melanoma but can cause heart failure.',
      ['melanoma'],
      ['heart failure'],
    ],
  ])('tells side effects from what is treated: %s', expectFarBefore);

  it.each<Case>([
    [
      'Which drug overcomes T790M resistance?',
      'T790M confers gefitinib resistance and resistance to erlotinib, which osimertinib overcomes.',
      ['osimertinib'],
      ['gefitinib', 'erlotinib'],
    ],
    [
      'What does sorafenib inhibit?',
      'Sorafenib inhibits BRAF and the FLT3-independent growth of cells.',
      ['BRAF'],
      ['FLT3'],
    ],
  ])('tells what acts from that to which something is resistant: %s', expectFarBefore);

  it('finds that to which something is resistant if the question asks for it', () => {
    const text = 'T790M confers gefitinib resistance.';
    const resisted = adjustment('Which drugs are T790M tumours resistant to?', text, 'gefitinib');
    const acting = adjustment('Which drugs are effective in T790M tumours?', text, 'gefitinib');
    expect(resisted - acting).toBeGreaterThan(3);
  });

  it.each<Case>([
    [
      'What does imatinib inhibit?',
      'Dasatinib inhibits EGFR. Imatinib inhibits BCR-ABL.',
      ['BCR-ABL'],
      ['EGFR'],
    ],
    [
      'What does STI571 inhibit?',
      'Dasatinib inhibits EGFR. Imatinib inhibits BCR-ABL.',
      ['BCR-ABL'],
      ['EGFR'],
    ],
    [
      'Which disease does metformin prevent?',
      'Simvastatin prevents heart failure. Metformin prevents gout.',
      ['gout'],
      ['heart failure'],
    ],
  ])('prefers the sentence about the subject of the question: %s', expectFarBefore);

  it.each([
    ['Which drug is sorafenib?', 'BAY 43-9006 is given twice a day.', 'BAY 43-9006'],
    ['What is paracetamol given for?', 'Acetaminophen relieves pain.', 'Acetaminophen'],
  ])('leaves out another name of what the question names: %s', (question, text, answer) => {
    expect(adjustment(question, text, answer)).toBe(-Infinity);
  });

  it('keeps another name if the question asks for one', () => {
    const text = 'Sorafenib is also known as BAY 43-9006.';
    expect(adjustment('What is another name of sorafenib?', text, 'BAY 43-9006')).toBeGreaterThan(-Infinity);
  });

  it('keeps the members of a list, which are no parallel parts', () => {
    const text = 'Dabrafenib, vemurafenib and sorafenib inhibit BRAF.';
    const [first, second, third] = ['Dabrafenib', 'vemurafenib', 'sorafenib'].map((name) =>
      adjustment('Which drugs inhibit BRAF?', text, name),
    );
    expect(first).toBe(second);
    expect(second).toBe(third);
    expect(first).toBeGreaterThan(0);
  });

  it('reads a pronoun as the subject of the sentence before', () => {
    const text = 'Imatinib was the first of its kind. It inhibits BCR-ABL.';
    const other = 'Dasatinib was the first of its kind. It inhibits BCR-ABL.';
    const question = 'What does imatinib inhibit?';
    expect(adjustment(question, text, 'BCR-ABL')).toBeGreaterThan(adjustment(question, other, 'BCR-ABL') + 3);
  });

  it('supports an answer more if its sentence has the words of the question', () => {
    const judge = judgeOf('Which gene is mutated in melanoma?');
    const at = (text: string) =>
      judge.support(text, { start: text.indexOf('BRAF'), end: text.indexOf('BRAF') + 4 }) ?? NaN;
    const whole = at('BRAF is mutated in melanoma.');
    const half = at('BRAF is often mutated. Melanoma is a tumour of the skin.');
    const none = at('BRAF encodes a kinase.');
    expect(whole).toBeGreaterThan(half + 1);
    expect(half).toBeGreaterThan(none + 1);
  });

  it('compares nothing if the question has no words to compare', () => {
    expect(judgeOf('Which gene?').support('BRAF.', { start: 0, end: 4 })).toBeUndefined();
    expect(judgeOf('Which gene?').adjustment('BRAF.', { start: 0, end: 4 })).toBeCloseTo(0, 6);
  });

  it('completes a name', () => {
    const judge = judgeOf('What causes gout?');
    const text = 'BAY 43-9006 does.';
    expect(judge.completed(text, { start: 0, end: 6 })).toEqual({ start: 0, end: 6 });
    const lettered = 'The inhibitor compound C was used with factor VIII, C and D.';
    const completed = (part: string) => {
      const start = lettered.indexOf(part);
      const span = judge.completed(lettered, { start, end: start + part.length });
      return lettered.slice(span.start, span.end);
    };
    expect(['C was', 'VIII', 'D.'].map((part) => completed(part))).toEqual(['C was', 'factor VIII', 'D.']);
    expect(judge.completed(lettered, { start: 23, end: 24 })).toEqual({ start: 14, end: 24 });
    expect(judge.conceptOf('the BAY 43-9006')).toBe('sorafenib');
    expect(judge.conceptOf('BAY')).toBeUndefined();
  });
});
