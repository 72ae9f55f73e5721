import { describe, expect, it } from 'vitest';
import { mayContradict, mayState, maySupport } from '../../../../src/core/questions/opposites';

describe('a sentence can contradict a claim', () => {
  it.each([
    ['Does aspirin reduce pain?', 'Aspirin did not reduce pain.'],
    ['Does aspirin reduce pain?', 'Aspirin increased pain.'],
    ['Does aspirin reduce pain?', 'Pain was similar with aspirin and placebo.'],
    ['Does metformin affect body weight?', 'Body weight remained unchanged.'],
    ['Does smoking prevent cancer?', 'Smoking causes cancer.'],
    ['Is warfarin safe in pregnancy?', 'Warfarin is contraindicated in pregnancy.'],
    ['Is the drug effective in gout?', 'The drug was useless in gout.'],
    ['Is Marfan syndrome recessive?', 'Marfan syndrome is dominant.'],
    ['Is cholera a viral disease?', 'Cholera is due to a bacterium.'],
    ['Does imatinib inhibit EGFR?', 'Imatinib lacks activity against EGFR.'],
    ['Does metformin prevent gout?', 'Gout was induced by metformin.'],
    ['Does metformin prevent gout?', 'Ibuprofen lessens gout induced by high doses of metformin.'],
    ['Does mutation of FBN1 cause it?', 'FBN1 causes Marfan syndrome, whereas COL5A1 causes it.'],
  ])('%s %s', (claim, sentence) => {
    expect(mayContradict(claim, sentence)).toBe(true);
  });

  it.each([
    ['Is midazolam a substrate of CYP3A4?', 'Itraconazole increased its exposure tenfold.'],
    ['Is BCL2 blocked by venetoclax?', 'Tumour lysis was seen in two patients.'],
    ['Does metformin activate AMPK?', 'Metformin reduces ghrelin secretion through AMPK.'],
    ['Does aspirin reduce pain?', 'Visits were monthly.'],
    ['Does metformin prevent seizures?', 'Metformin protects against seizures induced by kindling in mice.'],
    ['Does metformin prevent gout?', 'Metformin lessens gout in ibuprofen-induced renal injury.'],
  ])('but not without a sign: %s %s', (claim, sentence) => {
    expect(mayContradict(claim, sentence)).toBe(false);
  });
});

describe('a sentence can support a claim', () => {
  it.each([
    ['Does aspirin reduce pain?', 'Aspirin lowered pain.'],
    ['Does aspirin reduce pain?', 'Aspirin was given daily.'],
    ['Does aspirin reduce pain?', 'Pain no longer increased with aspirin.'],
    ['Does the drug increase survival?', 'The drug reduced mortality and increased survival.'],
    ['Does gentamicin cause nephropathy?', 'Metformin prevents gentamicin-induced nephropathy.'],
    [
      'Does cisplatin cause renal injury?',
      'Coenzyme Q10 protects from injury caused by a dose of cisplatin.',
    ],
  ])('%s %s', (claim, sentence) => {
    expect(maySupport(claim, sentence)).toBe(true);
  });

  it.each([
    ['Does aspirin reduce pain?', 'Aspirin increased pain.'],
    ['Is beta carotene beneficial for smokers?', 'In smokers, beta carotene was harmful.'],
    ['Does the drug shorten the stay?', 'The drug prolonged the stay.'],
    ['Does metformin cause nephropathy?', 'Metformin prevents gentamicin-induced nephropathy.'],
    ['Does coenzyme Q10 cause nephrotoxicity?', 'Coenzyme Q10 ameliorates cisplatin nephrotoxicity.'],
    [
      'Does coenzyme Q10 cause nephrotoxicity?',
      'The nephroprotective effect of coenzyme Q10 was seen in renal injury induced by a dose of cisplatin.',
    ],
  ])('but not if it says the opposite only: %s %s', (claim, sentence) => {
    expect(maySupport(claim, sentence)).toBe(false);
  });
});

describe('a sentence states a result', () => {
  it.each([
    'Aspirin lowered pain.',
    'RESULTS: Aspirin did not lower pain.',
    'We found that aspirin lowered pain.',
    'The effect was clear.',
    'This study shows that aspirin lowers pain.',
  ])('%s', (sentence) => {
    expect(mayState(sentence)).toBe(true);
  });

  it.each([
    'It is not yet known if aspirin lowers pain.',
    'The long-term safety of aspirin is unknown.',
    'Findings on aspirin are conflicting.',
    'OBJECTIVE: To determine the effect of aspirin on pain.',
    'We investigated the effect of aspirin on pain.',
    'The aim was to compare aspirin with ibuprofen.',
    'Whether aspirin lowers pain was tested here.',
    'This trial will compare aspirin with placebo.',
  ])('but not if it leaves the matter open or names an aim: %s', (sentence) => {
    expect(mayState(sentence)).toBe(false);
  });

  it.each([
    'Efficacy and safety of aspirin in gout: a randomized comparison with placebo.',
    'Aspirin: recent update on activity as a single agent in gout.',
    'An evaluation of aspirin as a potential reinforcer.',
    'Identification of a new line of cells and effects of aspirin.',
  ])('but not if it is a title that names a topic: %s', (sentence) => {
    expect(mayState(sentence)).toBe(false);
  });

  it.each([
    'Aspirin-induced asthma due to spasm.',
    'Treatment with aspirin prevents gout.',
    'Therapy with aspirin decreased the levels of urate.',
    'RESULTS: The effects of aspirin were larger than those of placebo.',
  ])('although it has a word for a topic: %s', (sentence) => {
    expect(mayState(sentence)).toBe(true);
  });
});
