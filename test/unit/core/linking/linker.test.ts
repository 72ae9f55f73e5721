import { describe, expect, it } from 'vitest';
import { abbreviationsOf } from '../../../../src/core/entities/pipeline';
import { linkDocument } from '../../../../src/core/linking/linkDocument';
import { Linker } from '../../../../src/core/linking/linker';
import type { Entity, EntityType } from '../../../../src/core/types';
import { tinyTerminology } from '../../../support/tinyTerminology';

const linker = new Linker(tinyTerminology());

function mentions(text: string, names: readonly (readonly [name: string, type: EntityType])[]): Entity[] {
  let from = 0;
  return names.map(([name, type]) => {
    const start = text.indexOf(name, from);
    from = start + name.length;
    return { start, end: from, text: name, name, type, probability: 1 };
  });
}

function link(text: string, names: readonly (readonly [name: string, type: EntityType])[]): string[][] {
  const { length } = text;
  const runs = [{ start: 0, length, documentStart: 0, documentLength: length }];
  const abbreviations = abbreviationsOf({ text, base: 0, runs });
  const linked = linker.link({ text, start: 0, end: length, entities: mentions(text, names), abbreviations });
  return linked.map(({ concepts }) => concepts?.map(({ id, method }) => `${id} ${method}`) ?? []);
}

describe('the linker', () => {
  it('gives all names of a drug one concept', () => {
    const text = 'Sorafenib (Nexavar), once BAY 43-9006.';
    const names = ['Sorafenib', 'Nexavar', 'BAY 43-9006'].map((name) => [name, 'Chemical'] as const);
    expect(link(text, names)).toEqual(Array.from(names, () => ['MESH:D000077157 name']));
  });

  it('links an abbreviation through its long form', () => {
    const text = 'Hepatocellular carcinoma (HCC) is common. HCC grows.';
    expect(link(text, [['HCC', 'Disease']])).toEqual([['MESH:D006528 abbreviation']]);
  });

  it('reads names of several concepts', () => {
    expect(link('breast and ovarian cancer', [['breast and ovarian cancer', 'Disease']])).toEqual([
      ['MESH:D001943 name', 'MESH:D010051 name'],
    ]);
    expect(link('ERK1/2', [['ERK1/2', 'Gene']])).toEqual([['NCBIGene:5595 name', 'NCBIGene:5594 name']]);
  });

  it('links the name of a class to a family, or to nothing, but not to a single gene', () => {
    const text = 'Receptor tyrosine kinases (RTKs) and RET. RTK signals.';
    expect(
      link(text, [
        ['Receptor tyrosine kinases', 'Gene'],
        ['RTKs', 'Gene'],
        ['RET', 'Gene'],
        ['RTK', 'Gene'],
      ]),
    ).toEqual([['FPLX:RTK name'], ['FPLX:RTK abbreviation'], ['NCBIGene:5979 name'], ['FPLX:RTK name']]);
    expect(link('TKs and tyrosine kinases', [['TKs', 'Gene']])).toEqual([[]]);
    expect(link('Tyrosine kinases (TKs).', [['TKs', 'Gene']])).toEqual([[]]);
  });

  it('links a fusion to both genes', () => {
    expect(
      link(
        'BCR-ABL and BCR',
        ['BCR-ABL', 'BCR'].map((name) => [name, 'Gene'] as const),
      ),
    ).toEqual([['NCBIGene:613 name', 'NCBIGene:25 name'], ['NCBIGene:613 name']]);
  });

  it('takes COX-2 for the cyclooxygenase, unless the text is about mitochondria', () => {
    expect(link('Celecoxib inhibits COX-2.', [['COX-2', 'Gene']])).toEqual([['NCBIGene:5743 name']]);
    expect(link('COX-2 of the mtDNA.', [['COX-2', 'Gene']])).toEqual([['NCBIGene:4513 name']]);
  });

  it('takes off words that are not part of a name, and turns words round', () => {
    expect(link('severe anaemia', [['severe anaemia', 'Disease']])).toEqual([['MESH:D000740 spelling']]);
    expect(link('cancer of the breast', [['cancer of the breast', 'Disease']])).toEqual([
      ['MESH:D001943 spelling'],
    ]);
  });

  it('does not link what it does not know, nor a name of another type', () => {
    expect(link('abcdef', [['abcdef', 'Disease']])).toEqual([[]]);
    expect(link('sorafenib', [['sorafenib', 'Disease']])).toEqual([[]]);
  });

  it('keeps a link that a person chose, and a decision against one', () => {
    const text = 'sorafenib and sorafenib';
    const [first, second] = mentions(text, [
      ['sorafenib', 'Chemical'],
      ['sorafenib', 'Chemical'],
    ]);
    const concepts = [{ id: 'X:1', name: 'x', source: 'user', method: 'user' as const }];
    const entities = [{ ...first, concepts } as Entity, { ...second, concepts: [] } as Entity];
    const linked = linker.link({ text, start: 0, end: text.length, entities, abbreviations: [] });
    expect(linked.map((each) => each.concepts)).toEqual([concepts, []]);
  });
});

describe('the species of a gene', () => {
  const p53 = (text: string) => link(text, [['p53', 'Gene']])[0]?.[0]?.split(' ')[0];

  it('is human unless the document says otherwise', () => {
    expect(p53('Loss of p53 is common.')).toBe('NCBIGene:7157');
  });

  it('is the one that the sentence names', () => {
    const text = 'Patients were studied. In mice, p53 was lost.';
    expect(
      link(text, [
        ['mice', 'Species'],
        ['p53', 'Gene'],
      ])[1],
    ).toEqual(['NCBIGene:22059 context']);
    const other = 'We studied mice. In patients, p53 was lost.';
    expect(
      link(other, [
        ['mice', 'Species'],
        ['p53', 'Gene'],
      ])[1],
    ).toEqual(['NCBIGene:7157 context']);
  });

  it('is the one that a prefix names', () => {
    expect(link('Of mLEP and LEP', [['mLEP', 'Gene']])[0]?.[0]).toMatch(/^NCBIGene:16846/);
    // The letter belongs to this symbol.
    expect(link('Sirolimus inhibits mTOR.', [['mTOR', 'Gene']])[0]?.[0]).toMatch(/^NCBIGene:2475/);
  });

  it('is rather one whose symbol the name shortens', () => {
    expect(link('PD-1 was blocked.', [['PD-1', 'Gene']])).toEqual([['NCBIGene:5133 context']]);
  });

  it('is that of no animal that the document does not name', () => {
    // The terminology has this symbol for flies only.
    expect(link('the gene wasx', [['wasx', 'Gene']])).toEqual([[]]);
    const text = 'In flies, wasx was lost.';
    expect(
      link(text, [
        ['flies', 'Species'],
        ['wasx', 'Gene'],
      ])[1]?.[0],
    ).toMatch(/^NCBIGene:50001/);
  });

  it('finds the gene of another species by its symbol', () => {
    // The terminology has `leptin` for humans only.
    const text = 'In mice, leptin rose.';
    expect(
      link(text, [
        ['mice', 'Species'],
        ['leptin', 'Gene'],
      ])[1]?.[0],
    ).toMatch(/^NCBIGene:16846/);
  });
});

describe('a document with several publications', () => {
  it('is linked publication by publication', () => {
    const text = 'In mice, p53 was lost.\nLoss of p53 is common.';
    const second = text.indexOf('Loss');
    const entities = mentions(text, [
      ['mice', 'Species'],
      ['p53', 'Gene'],
      ['p53', 'Gene'],
    ]);
    const steps = linkDocument({ text, records: [0, second], entities, abbreviations: [] }, linker);
    let step = steps.next();
    const counts: number[] = [];
    for (; step.done !== true; step = steps.next()) counts.push(step.value);
    expect(counts).toEqual([2, 1]);
    expect(step.value.map(({ concepts }) => concepts?.[0]?.id)).toEqual([
      'NCBITaxon:10090',
      'NCBIGene:22059',
      'NCBIGene:7157',
    ]);
  });
});
