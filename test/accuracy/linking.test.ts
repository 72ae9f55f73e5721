/** Checks links of names that every reader knows, through the engine with the models and the terminology that ship. */
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BioBertEngine } from '../../src/protocol/engine';
import { createEngine } from '../../src/runtime/engine/engine';
import { modelPath, requireFile } from './gold';

const terminologyPath = path.join(modelPath, '../terminology');

describe('the terminology that ships', () => {
  let engine: BioBertEngine;

  beforeAll(() => {
    requireFile('models/terminology/terms.bin', 'git checkout -- models/terminology');
    engine = createEngine({ modelPaths: { 'token-classification': modelPath }, terminologyPath });
  });

  afterAll(() => engine.dispose());

  async function links(text: string): Promise<string[]> {
    const { entities } = await engine.tag({ document: 'a', text, format: 'plain' });
    return entities.flatMap(({ name, concepts = [] }) => concepts.map(({ id }) => `${name} ${id}`));
  }

  it.each([
    [
      'Sorafenib (Nexavar), once BAY 43-9006, is toxic.',
      ['Sorafenib MESH:D000077157', 'Nexavar MESH:D000077157', 'BAY 43-9006 MESH:D000077157'],
    ],
    [
      'Paracetamol and acetaminophen relieve pain.',
      ['Paracetamol MESH:D000082', 'acetaminophen MESH:D000082', 'pain MESH:D010146'],
    ],
    ['Patients with type 2 diabetes mellitus (T2DM) took part. T2DM was common.', ['T2DM MESH:D003924']],
    ['Patients with COVID-19 had a fever.', ['COVID-19 MESH:D000086382']],
    ['Breast and ovarian cancer are common.', ['Breast cancer MESH:D001943', 'ovarian cancer MESH:D010051']],
    ['Loss of TP53 was found in patients with glioblastoma.', ['TP53 NCBIGene:7157']],
    ['In mice, Trp53 was deleted.', ['mice NCBITaxon:10090', 'Trp53 NCBIGene:22059']],
    ['Expression of IL-6 rose in the serum of rats.', ['IL-6 NCBIGene:24498', 'rats NCBITaxon:10116']],
    ['Tumours of the oesophagus and anaemia were seen.', ['anaemia MESH:D000740']],
    [
      'Imatinib inhibits BCR-ABL in patients.',
      ['Imatinib MESH:D000068877', 'BCR-ABL NCBIGene:613', 'BCR-ABL NCBIGene:25'],
    ],
    [
      'Receptor tyrosine kinases (RTKs) and GPCRs signal in patients through PKC.',
      ['Receptor tyrosine kinases FPLX:RTK', 'RTKs FPLX:RTK', 'GPCRs FPLX:GPCR', 'PKC FPLX:PKC'],
    ],
    ['Everolimus inhibits mTOR.', ['Everolimus MESH:D000068338', 'mTOR NCBIGene:2475']],
    ['In mice, loss of APC was found.', ['mice NCBITaxon:10090', 'APC NCBIGene:11789']],
    ['Blockade of PD-1 by nivolumab helps.', ['PD-1 NCBIGene:5133']],
    ['SARS-CoV-2 enters through ACE2.', ['SARS-CoV-2 NCBITaxon:2697049', 'ACE2 NCBIGene:59272']],
    ['COVID-19 patients with NSCLC had pneumonitis.', ['COVID-19 MESH:D000086382']],
    ['Celecoxib inhibits COX-2 in patients.', ['COX-2 NCBIGene:5743']],
    ['Growth of Escherichia coli stopped.', ['Escherichia coli NCBITaxon:562']],
  ])('links the names of: %s', async (text, expected) => {
    expect(await links(text)).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    'Metformin lowered HbA(1c) and HbA1c in patients.',
    'A tyrosine kinase inhibitor was given, and other TKs were not blocked.',
    'The patients had more cytokines and proapoptotic proteins.',
  ])('links no gene in: %s', async (text) => {
    expect((await links(text)).filter((each) => each.includes('NCBIGene'))).toEqual([]);
  });

  it('finds concepts by any of their names', async () => {
    const { concepts } = await engine.concepts({ text: 'BAY 43-9006', match: 'name' });
    expect(concepts[0]).toMatchObject({
      id: 'MESH:D000077157',
      name: 'Sorafenib',
      source: 'MeSH 2024',
      type: 'Chemical',
    });
    expect(concepts[0]?.synonyms).toContain('nexavar');
  });

  it('takes no ordinary word for a gene', async () => {
    const { concepts } = await engine.concepts({
      text: 'Does it prevent all of this, or was it for the rest in a set?',
      match: 'mentions',
    });
    expect(concepts.map(({ name }) => name)).toEqual([]);
  });
});
