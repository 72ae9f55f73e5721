import { describe, expect, it } from 'vitest';
import { lossAt } from '../../../../src/core/text/lost';
import type { EntityType } from '../../../../src/core/types';

function lossOf(text: string, name: string, type: EntityType): string | undefined {
  const start = text.indexOf(name);
  expect(start, name).toBeGreaterThanOrEqual(0);
  return lossAt(text, { start, end: start + name.length }, type);
}

describe('lossAt', () => {
  it.each<[text: string, name: string, noun: string]>([
    ['Gankyrin deficiency reduced STAT3 activity.', 'Gankyrin', 'deficiency'],
    ['Knock-down of HMGB1 increased p21.', 'HMGB1', 'knock-down'],
    ['Loss of the tumour suppressor PTEN caused cancer.', 'PTEN', 'loss'],
    ['SIRT1-deficient mice had more inflammation.', 'SIRT1', 'loss'],
    ['Atm-null mice developed lymphoma.', 'Atm', 'loss'],
    ['p53(-/-) mice developed lymphoma.', 'p53', 'loss'],
    ['p53−/− mice developed lymphoma.', 'p53', 'loss'],
    ['Cells lacking p53 survived.', 'p53', 'loss'],
    ['Mice in which TNF was deleted were well.', 'TNF', 'loss'],
    ['EGFR inhibitors reduced growth.', 'EGFR', 'inhibitors'],
    ['Antagonists of EGFR reduced growth.', 'EGFR', 'antagonists'],
    ['MYC protein depletion reduced growth.', 'MYC', 'depletion'],
    ['Silencing MYC reduced growth.', 'MYC', 'loss'],
    ['Anti-TNF therapy improved arthritis.', 'TNF', 'blockade'],
    ['Neutralizing VEGF antibodies inhibited growth.', 'VEGF', 'blockade'],
    ['An antibody against VEGF inhibited growth.', 'VEGF', 'blockade'],
    ['EGFR tyrosine kinase inhibitors reduced growth.', 'EGFR', 'inhibitors'],
    ['Conversely, suppression of MUC13 by shRNA reduced growth.', 'MUC13', 'suppression'],
  ])('finds the loss of a gene: %s', (text, name, noun) => {
    expect(lossOf(text, name, 'Gene')).toBe(noun);
  });

  it.each<[text: string, name: string, noun: string]>([
    ['Vitamin D deficiency causes rickets.', 'Vitamin D', 'deficiency'],
    ['Abrupt withdrawal of clonidine causes hypertension.', 'clonidine', 'withdrawal'],
    ['Lack of folate causes anemia.', 'folate', 'lack'],
    ['Gluten-free diets relieved pain.', 'Gluten', 'loss'],
    ['Angiotensin II receptor blockers lower pressure.', 'Angiotensin II', 'blockers'],
    ['Histamine H1 antagonists relieve itching.', 'Histamine', 'antagonists'],
    ['Copper chelation relieved pain.', 'Copper', 'chelation'],
    ['Estrogen deprivation inhibited growth.', 'Estrogen', 'deprivation'],
    ['Inhibitors of dopamine cause parkinsonism.', 'dopamine', 'inhibitors'],
  ])('finds the loss of a chemical: %s', (text, name, noun) => {
    expect(lossOf(text, name, 'Chemical')).toBe(noun);
  });

  it.each<[text: string, name: string, type: EntityType]>([
    ['Gankyrin reduced STAT3 activity.', 'Gankyrin', 'Gene'],
    ['Knockdown of HMGB1 increased p21.', 'p21', 'Gene'],
    ['Loss of PTEN activates AKT1.', 'AKT1', 'Gene'],
    ['Inhibition of IL-6 can block STAT3.', 'STAT3', 'Gene'],
    ['TNF was deleted by mistake.', 'TNF', 'Gene'],
    ['Inhibition of EGF-induced growth was seen.', 'EGF', 'Gene'],
    ['Inhibition of growth by EGF was seen.', 'EGF', 'Gene'],
    ['EGF depletion of iron was seen.', 'EGF', 'Gene'],
    ['SOCS3 suppression of inflammation was seen.', 'SOCS3', 'Gene'],
    ['Aspirin blockade of platelets was strong.', 'Aspirin', 'Chemical'],
    ['Patients with free insulin were well.', 'insulin', 'Gene'],
    ['Serotonin reuptake inhibitors relieve depression.', 'Serotonin', 'Chemical'],
    ['The EGFR inhibitor gefitinib reduced growth.', 'gefitinib', 'Chemical'],
    ['Aspirin inhibition was strong.', 'Aspirin', 'Chemical'],
    ['Loss of weight with metformin was seen.', 'metformin', 'Chemical'],
    ['Discontinuation of aspirin because of ulcers was rare.', 'aspirin', 'Chemical'],
  ])('finds no loss where there is none: %s', (text, name, type) => {
    expect(lossOf(text, name, type)).toBeUndefined();
  });
});
