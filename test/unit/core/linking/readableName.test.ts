import { describe, expect, it } from 'vitest';
import { readableName } from '../../../../src/core/linking/readableName';

describe('readableName', () => {
  it.each([
    ['Gefitinib', 'Chemical', 'gefitinib'],
    ['GEFITINIB', 'Chemical', 'gefitinib'],
    ['Imatinib Mesylate', 'Chemical', 'imatinib mesylate'],
    ['Vitamin D', 'Chemical', 'vitamin D'],
    ['Interferon-alpha', 'Chemical', 'interferon-alpha'],
    ['2,4-Dinitrophenol', 'Chemical', '2,4-dinitrophenol'],
    ['N-Methylaspartate', 'Chemical', 'N-methylaspartate'],
    ['DNA', 'Chemical', 'DNA'],
    ['NaCl', 'Chemical', 'NaCl'],
    ['Non-Small-Cell Lung Carcinoma', 'Disease', 'non-small-cell lung carcinoma'],
    ['Anemia, Sickle Cell', 'Disease', 'sickle cell anemia'],
    ['Diabetes Mellitus, Type 2', 'Disease', 'type 2 diabetes mellitus'],
    [
      'Leukemia, Myelogenous, Chronic, BCR-ABL Positive',
      'Disease',
      'BCR-ABL positive chronic myelogenous leukemia',
    ],
    ['Lymphoma, Non-Hodgkin', 'Disease', 'non-Hodgkin lymphoma'],
    ['Parkinson Disease', 'Disease', 'Parkinson disease'],
    ['Kimura Disease', 'Disease', 'Kimura disease'],
    ['Coronary Disease', 'Disease', 'coronary disease'],
    ['Guillain-Barre Syndrome', 'Disease', 'Guillain-Barre syndrome'],
    ['Epidermolysis, with Pyloric Atresia', 'Disease', 'epidermolysis, with pyloric atresia'],
    ['ERBB2', 'Gene', 'ERBB2'],
    ['Mus musculus', 'Species', 'Mus musculus'],
  ])('writes %s (%s) as %s', (name, type, expected) => {
    expect(readableName(name, type)).toBe(expected);
  });
});
