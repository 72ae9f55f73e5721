import { describe, expect, it } from 'vitest';
import { enumeratedNames } from '../../../../src/core/entities/enumerations';

const names = (mention: string, type = 'Gene') => enumeratedNames(mention, type)?.map(({ name }) => name);

describe('enumeratedNames', () => {
  it.each([
    ['IL-2, -4 and -10', ['IL-2', 'IL-4', 'IL-10']],
    ['IL-12α and -12β', ['IL-12α', 'IL-12β']],
    ['IFN-α/-β', ['IFN-α', 'IFN-β']],
    ['IFNα and -γ', ['IFNα', 'IFN-γ']],
    ['HLA-DPA1, -DPB1', ['HLA-DPA1', 'HLA-DPB1']],
    ['TGF-β2, -β3', ['TGF-β2', 'TGF-β3']],
    ['miR-17, -20a and -92', ['miR-17', 'miR-20a', 'miR-92']],
    ['RAR-α, -β/γ', ['RAR-α', 'RAR-β', 'RAR-γ']],
    ['miR-30a, b and c', ['miR-30a', 'miR-30b', 'miR-30c']],
    ['IL17A/F', ['IL17A', 'IL17F']],
    ['ERα and β', ['ERα', 'ERβ']],
    ['α- and β-adrenergic receptors', ['α-adrenergic receptors', 'β-adrenergic receptors']],
    ['caspase-1/-11', ['caspase-1', 'caspase-11']],
    ['MMP-1/-13', ['MMP-1', 'MMP-13']],
    ['NOD1, 2', ['NOD1', 'NOD2']],
    ['TLR7, 8, and 9', ['TLR7', 'TLR8', 'TLR9']],
    ['JAK1/2', ['JAK1', 'JAK2']],
    ['UGT2B7/15/17', ['UGT2B7', 'UGT2B15', 'UGT2B17']],
    ['Interleukins 2 and 7', ['Interleukin 2', 'Interleukin 7']],
    ['NOD-like receptors 1 or 2', ['NOD-like receptor 1', 'NOD-like receptor 2']],
    ['interleukin-12A and B', ['interleukin-12A', 'interleukin-12B']],
    ['CYP 1A2, 2C9 and 3A5', ['CYP 1A2', 'CYP 2C9', 'CYP 3A5']],
    ['PKC δ, ε & ζ', ['PKC δ', 'PKC ε', 'PKC ζ']],
    ['factors X and XI', ['factor X', 'factor XI']],
    ['androgen and progesterone receptors', ['androgen receptor', 'progesterone receptors']],
  ])('splits the genes %j', (mention, parts) => {
    expect(names(mention)).toEqual(parts);
  });

  it.each([
    ['Chemical', 'Vitamins B2, B3 and B9', ['Vitamin B2', 'Vitamin B3', 'Vitamin B9']],
    ['Chemical', 'vitamins A and K', ['vitamin A', 'vitamin K']],
    ['Chemical', 'omega-3 and -9 fatty acids', ['omega-3 fatty acids', 'omega-9 fatty acids']],
    ['Chemical', '3- and 5-nitrotyrosine', ['3-nitrotyrosine', '5-nitrotyrosine']],
    ['Chemical', 'L- or D-serine', ['L-serine', 'D-serine']],
    [
      'Chemical',
      'mono-, di- and tri-butylated tin',
      ['mono-butylated tin', 'di-butylated tin', 'tri-butylated tin'],
    ],
    ['Chemical', 'stearic, oleic and linolenic acids', ['stearic acid', 'oleic acid', 'linolenic acids']],
    ['Disease', 'hepatitis A, D and E', ['hepatitis A', 'hepatitis D', 'hepatitis E']],
    ['Disease', 'Type 2 and 3 diabetes', ['Type 2 diabetes', 'Type 3 diabetes']],
    ['Disease', 'type I or type II diabetes', ['type I diabetes', 'type II diabetes']],
    ['Disease', 'hypo-/hyperkalemia', ['hypokalemia', 'hyperkalemia']],
    ['Chemical', '5- and 12-HETE', ['5-HETE', '12-HETE']],
    [
      'Chemical',
      '2,3- and 3,4-dihydroxybenzoic acid',
      ['2,3-dihydroxybenzoic acid', '3,4-dihydroxybenzoic acid'],
    ],
    ['Species', 'HPV 16 and 18', ['HPV 16', 'HPV 18']],
    ['Disease', 'γ- and δ-thalassemia', ['γ-thalassemia', 'δ-thalassemia']],
    ['Disease', 'pre- and postnatal depression', ['prenatal depression', 'postnatal depression']],
    ['Disease', 'Lung, gastric and renal cancers', ['Lung cancer', 'gastric cancer', 'renal cancers']],
    ['Disease', 'skin, and brain tumours', ['skin tumour', 'brain tumours']],
    ['Disease', 'Huntington’s or Wilson’s disease', ['Huntington’s disease', 'Wilson’s disease']],
    ['Species', 'hepatitis B and C virus', ['hepatitis B virus', 'hepatitis C virus']],
    ['Variant', 'V600E/R', ['V600E', 'V600R']],
  ] as const)('splits the mention of type %s %j', (type, mention, parts) => {
    expect(names(mention, type)).toEqual(parts);
  });

  it.each([
    ['Gene', 'IL-2'],
    ['Gene', 'AKT/mTOR'],
    ['Gene', 'EGFR and HER2'],
    ['Gene', 'insulin and leptin receptor'],
    ['Gene', '14-3-3'],
    ['Gene', 'p53, a suppressor'],
    ['Gene', 'BRCA1 and'],
    ['Disease', 'head and neck cancer'],
    ['Disease', 'hand, foot and mouth disease'],
    ['Disease', 'spinal and bulbar muscular atrophy'],
    ['Disease', 'asthma and lung cancer'],
    ['Disease', 'upper and lower respiratory tract infections'],
    ['Chemical', '2,4-dinitrophenol'],
    ['Chemical', 'N,N-diethylaniline'],
    ['Chemical', 'PM2.5/10'],
    ['Chemical', '3,3′,5-triiodothyronine'],
    ['Chemical', 'amoxicillin/clavulanate'],
    ['Person', 'Anna and Otto receptors'],
  ])('does not split the %s %j', (type, mention) => {
    expect(names(mention, type)).toBeUndefined();
  });

  it('gives the places of the parts', () => {
    const mention = 'IL-2, -4 and -10';
    const parts = enumeratedNames(mention, 'Gene') ?? [];
    expect(parts.map(({ start, end }) => mention.slice(start, end))).toEqual(['IL-2', '-4', '-10']);
    const [open] = enumeratedNames('3- and 5-nitrotyrosine', 'Chemical') ?? [];
    expect(open).toEqual({ start: 0, end: 1, name: '3-nitrotyrosine' });
  });
});
