import { describe, expect, it } from 'vitest';
import { fusionPartners, fusionsIn } from '../../../../src/core/text/fusions';

describe('fusions', () => {
  it.each([
    ['Imatinib inhibits BCR-ABL and KIT.', ['BCR-ABL']],
    ['the Bcr/Abl kinase, BCR::ABL1 and BCR–ABL1', ['Bcr/Abl', 'BCR::ABL1', 'BCR–ABL1']],
    ['EML4-ALK, PML-RARα, EWS-FLI-1 and TMPRSS2-ERG', ['EML4-ALK', 'PML-RARα', 'EWS-FLI-1', 'TMPRSS2-ERG']],
    ['SRC/ABL inhibitors, BCR and ABL, BCR-ABLX, CD4-CD8', []],
  ])('finds the fusions of: %s', (text, names) => {
    expect(fusionsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(names);
  });

  it.each([
    ['BCR-ABL1', ['BCR', 'ABL1']],
    ['Bcr/Abl', ['Bcr', 'Abl']],
    ['BCR::ABL1', ['BCR', 'ABL1']],
    ['EWS-FLI-1', ['EWS', 'FLI-1']],
    ['IL-6', undefined],
    ['BCR-ABL inhibitor', undefined],
  ])('has the partners of %s', (name, partners) => {
    expect(fusionPartners(name)).toEqual(partners);
  });
});
