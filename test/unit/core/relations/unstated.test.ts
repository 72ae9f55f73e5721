import { describe, expect, it } from 'vitest';
import { isUnstated, type SentenceName } from '../../../../src/core/relations/unstated';
import type { EntityType } from '../../../../src/core/types';

const types: Readonly<Record<string, EntityType>> = { c: 'Chemical', g: 'Gene', d: 'Disease' };

/** Reads a sentence with its names in braces and their type: `{c:aspirin}`; subject and object have a capital type. */
function isOut(type: string, marked: string): boolean {
  const names: SentenceName[] = [];
  const pair: SentenceName[] = [];
  let text = '';
  for (const each of marked.split(/(\{\w:[^}]*\})/u)) {
    const [, letter = '', name] = /^\{(\w):(.*)\}$/u.exec(each) ?? [];
    const own = name ?? each;
    if (name !== undefined) {
      const placed = {
        type: types[letter.toLowerCase()] ?? letter,
        start: text.length,
        end: text.length + name.length,
      };
      names.push(placed);
      if (letter !== letter.toLowerCase()) pair.push(placed);
    }
    text += own;
  }
  const [a, b] = pair;
  if (!a || !b || pair.length > 2) throw new Error(`Not one pair of names: ${marked}`);
  const isTurned =
    a.type === 'Gene' && b.type === 'Chemical' ? true : a.type === 'Disease' && b.type !== 'Disease';
  return isUnstated(type, { text, names, subject: isTurned ? b : a, object: isTurned ? a : b });
}

describe('a relation is ruled out', () => {
  it.each([
    ['associated', 'Tumours had {g:FGFR1}-{G:HOOK3} fusions that led to {D:sarcoma}.'],
    ['inhibitor', '{C:Sorafenib} inhibits {G:ETV6}-{g:PDGFRbeta}.'],
  ])('for one gene of a fusion (%s): %s', (type, text) => {
    expect(isOut(type, text)).toBe(true);
  });

  it.each([
    ['inhibitor', '{C:NFD} blocked the {G:EGF}-induced invasion of cells.'],
    ['inhibitor', '{G:EGF}-induced growth was blocked by {C:NFD}.'],
    ['treats', '{C:SU5416} suppresses {D:hypoxia}-induced angiogenesis.'],
  ])('for the cause of what something acts on (%s): %s', (type, text) => {
    expect(isOut(type, text)).toBe(true);
  });

  it.each([
    ['inhibitor', '{C:MG132} prevents proteasomal {G:TP53} degradation.'],
    ['inhibitor', '{C:NAC} blocked the loss of {g:CDK4} and {G:CDK6}.'],
    ['negative correlation', '{C:NAC} restored the deficits in {C:glutathione}.'],
  ])('for what a loss is hindered of (%s): %s', (type, text) => {
    expect(isOut(type, text)).toBe(true);
  });

  it.each([
    ['inhibitor', '{C:Aspirin} is an inhibitor of {g:MTOR} and an activator of {G:AMPK}.'],
    ['inhibitor', '{C:Aspirin} inhibits {g:MTOR} signalling, activates {G:AMPK} and induces autophagy.'],
    ['activator', '{C:Aspirin} activates {g:AMPK}, whereas it suppresses {G:MTOR}.'],
  ])('for the opposite of what a verb says (%s): %s', (type, text) => {
    expect(isOut(type, text)).toBe(true);
  });

  it.each([
    ['treats', '{C:Dasatinib} differs from {c:imatinib}, an inhibitor that is used for {D:leukemia}.'],
    ['treats', '{C:Ibuprofen} treats {d:fever}, and {c:aspirin} treats {D:headache}.'],
    ['treats', '{c:Ibuprofen} treats {D:fever}, and {C:aspirin} treats {d:headache}.'],
    ['associated', 'Although {G:TAP63} acts on growth, {g:NP63} is raised in {D:carcinoma}.'],
    ['inhibitor', 'Drugs are {C:sorafenib} for {g:BRAF}, others for MEK, and {c:sirolimus} for {G:MTOR}.'],
    ['treats', '{C:Bosutinib} targets {g:CAMK2G}, recently implicated in {D:leukemia}.'],
  ])('for the partner of another name (%s): %s', (type, text) => {
    expect(isOut(type, text)).toBe(true);
  });

  it.each([
    ['negative correlation', '{G:ADAM12} knockdown lowered {G:EGFR}.'],
    ['positive correlation', '{G:ADAM12} silencing increased {G:EGFR}.'],
    ['negative correlation', '{G:MEK} inhibitors against {G:MET}-amplified cancer.'],
    ['inhibitor', '{C:Pinosylvin} lowered catenin, a molecule downstream of {G:PI3K}.'],
    ['inhibitor', 'BRN-103, a {C:nicotinamide} derivative, inhibits {G:VEGF}.'],
    ['inhibitor', 'Everolimus, a derivative of {C:sirolimus}, inhibits {G:MTOR}.'],
    ['negative correlation', '{C:Everolimus} is a derivative of {C:sirolimus}.'],
    ['inhibitor', 'Resistance to {C:vemurafenib} arises through {G:NRAS}.'],
    ['treats', '{C:Estrogen}-sensitive {D:breast cancer} was seen.'],
    ['treats', '{C:Imatinib}-resistant {D:GIST} was seen.'],
    ['treats', 'Resistance of {D:leukemia} to {C:imatinib} is common.'],
    ['substrate or product', '{G:UGT2B10} catalyses {C:N}-glucuronidation.'],
    ['associated', '{G:Proteinase}-activated receptors act in {D:inflammation}.'],
    ['associated', 'The {C:calcium}-channel subunit is mutated in {D:dystrophy}.'],
    ['associated', 'APOE ({C:arginine} 150 proline) causes {D:glomerulopathy}.'],
    [
      'positive correlation',
      '{C:Methamphetamine}-induced {C:dopamine} and {c:serotonin} depletions were seen.',
    ],
    ['activator', '{C:CP}[c]Ph induces {G:CYP1A}.'],
    ['activator', '{C:Phorbol} 12-myristate activates {G:PKC}.'],
    ['antagonist', '{C:SB225002} ({G:SB}) is a drug.'],
  ])('for a name that stands for something else (%s): %s', (type, text) => {
    expect(isOut(type, text)).toBe(true);
  });
});

describe('a relation is left', () => {
  it.each([
    ['positive correlation', '{G:ADAM12} knockdown lowered {G:EGFR}.'],
    ['negative correlation', '{G:ADAM12} lowered {G:EGFR}.'],
    ['inhibitor', '{C:Curcumin}-dependent inhibition of {G:RELA} was seen.'],
    ['inhibitor', '{C:ATO} inhibited the phosphorylation and activation of {G:STAT3}.'],
    ['inhibitor', '{C:Catalpol} suppressed degradation of IKB and the localisation of {G:RELA}.'],
    ['inhibitor', 'The {G:AGTR1} promoter is responsible for {C:telmisartan}-induced downregulation.'],
    ['inhibitor', '{C:S1P} blocks {g:PI3K}-{G:AKT1} and nuclear translocation.'],
    ['activator', '{C:Hydralazine} induced downstream targets of HIF ({G:EDN1}).'],
    ['inhibitor', '{C:A12}, and {c:B12}, a beta agonist, both of which block {G:NGF}, were given.'],
    ['substrate or product', '{C:Amine} 4-aminobiphenyl is reduced by {G:CYP1A}.'],
    ['positive correlation', '{C:Methamphetamine}-induced {C:dopamine} release was seen.'],
    ['inhibitor', 'Failure of {C:lapatinib} to inhibit {G:AKT1} was seen.'],
    ['activator', '{C:Metformin}-induced increases in {G:AMPK} activity were seen.'],
    ['treats', 'Trials of {C:sorafenib}-based therapy in {D:RCC} were done.'],
    ['associated', '{G:FGFR1} fusions led to {D:sarcoma}.'],
    ['inhibitor', '{C:Imatinib} inhibits {G:BCR-ABL} fusions.'],
    ['inhibitor', '{C:PF-04} is a dual {G:PI3K}/{g:MTOR} inhibitor.'],
    ['activator', '{C:Cisplatin}-induced {G:TP53} rose.'],
    ['induces', '{C:Cisplatin}-induced {D:deafness} was seen.'],
    ['inhibitor', '{C:Sorafenib} blocked {G:FLT3}-mediated growth.'],
    ['inhibitor', '{C:Curcumin} acted by degradation of {G:SP1}.'],
    ['inhibitor', '{C:Curcumin} inhibited growth by downregulation of {G:SP1}.'],
    ['inhibitor', '{C:Aspirin} activates {g:AMPK} and inhibits {G:MTOR}.'],
    ['inhibitor', '{C:Aspirin} inhibits the activation of {G:STAT3}.'],
    ['inhibitor', '{C:Aspirin} raised {g:AMPK} and increased the degradation of {G:TP53}.'],
    ['inhibitor', '{c:Gefitinib}, {C:erlotinib}, and {c:lapatinib} inhibit {G:EGFR}.'],
    ['inhibitor', '{C:Gefitinib} and {c:erlotinib}, which inhibit {G:EGFR}, were given.'],
    ['treats', '{C:Imatinib} ({c:Gleevec}), a drug for {D:leukemia}, was given.'],
    ['inhibitor', 'FLT3 is resistant to {c:tandutinib}, but {C:AC220}, an {G:FLT3} inhibitor, acts.'],
    ['inhibitor', '{C:N-phenylurea} inhibits {G:FLT3}.'],
    ['inhibitor', 'Quinazoline derivatives such as {C:gefitinib} inhibit {G:EGFR}.'],
    ['treats', '{C:Prednisone} relieved {d:asthma}, and it also relieved {D:arthritis}.'],
  ])('where the sentence states it (%s): %s', (type, text) => {
    expect(isOut(type, text)).toBe(false);
  });
});
