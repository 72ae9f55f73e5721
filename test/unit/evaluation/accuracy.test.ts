import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../evaluation/corpus';
import { reliabilityOf } from '../../evaluation/reliability';
import { compare, compareCollapsed, scoreOf, totalOf } from '../../evaluation/score';
import { remarkOn, typeNames } from '../../evaluation/typeNames';
import { calibrate } from '../../../src/core/entities/calibration';
import type { Entity } from '../../../src/core/types';

const typeOf = typeNames('any.tsv', { map: new Map() });
const types = ['Gene', 'Disease', 'Chemical'];

const iob = 'Loss\tO\nof\tO\nBRCA1\tB-GENE\n/\tI-GENE\n2\tI-GENE\n\nTP53\tB-Protein\nrose\tO\n.\tO\n';

function found(text: string, mention: string, type = 'Gene', probability = 0.9): Entity {
  const start = text.indexOf(mention);
  return { start, end: start + mention.length, text: mention, name: mention, type, probability };
}

describe('readCorpus', () => {
  it('joins tokens by one blank, gives each sentence its own segment, and maps type names', () => {
    const corpus = readCorpus(iob, { typeOf, joinSentences: false });
    expect(corpus.text).toBe('Loss of BRCA1 / 2\nTP53 rose .');
    expect(corpus.documents.map((segments) => segments.map(({ text, base }) => [text, base]))).toEqual([
      [
        ['Loss of BRCA1 / 2', 0],
        ['TP53 rose .', 18],
      ],
    ]);
    expect(corpus.split('A. B.')).toEqual([{ start: 0, end: 5 }]);
    expect(corpus.gold).toEqual([
      { start: 2, end: 5, type: 'Gene' },
      { start: 5, end: 6, type: 'Gene' },
    ]);
    expect(
      corpus.gold.map((place) => corpus.text.slice(corpus.show(place).start, corpus.show(place).end)),
    ).toEqual(['BRCA1 / 2', 'TP53']);
  });

  it('joins the sentences of one document, or ten sentences if no document is marked', () => {
    const marked = '-DOCSTART-\n\na\tO\n\nb\tO\n\n-DOCSTART-\n\nc\tO\n';
    const texts = (file: string) =>
      readCorpus(file, { typeOf, joinSentences: true }).documents.map(([segment]) => segment?.text);
    expect(texts(marked)).toEqual(['a b', 'c']);
    expect(texts('x\tO\n\n'.repeat(12))).toEqual(['x x x x x x x x x x', 'x x']);
  });

  it('maps a span to the tokens whose first character it covers', () => {
    const { place, text } = readCorpus(iob, { typeOf, joinSentences: false });
    const at = (mention: string) => place(found(text, mention));
    expect(at('BRCA1')).toEqual({ start: 2, end: 3 });
    expect(at('BRCA1 / 2')).toEqual({ start: 2, end: 5 });
    expect(at('BRC')).toEqual({ start: 2, end: 3 });
    expect(at('RCA1')).toBeUndefined();
    expect(at('oss of BR')).toEqual({ start: 1, end: 3 });
  });

  it('reads PubTator with title and abstract as segments of one document', () => {
    const corpus = readCorpus(
      '1|t|😀 A\n1|a|B c\n1\t2\t3\tA\tSpecificDisease\n1\t4\t5\tB\tSpecies\n\n2|t|D\n2|a|E\n2\t0\t1\tD\tDisease\n',
      {
        typeOf,
        joinSentences: false,
      },
    );
    expect(
      corpus.documents.map((segments) =>
        segments.map(({ text, base }) => corpus.text.slice(base, base + text.length)),
      ),
    ).toEqual([
      ['😀 A', 'B c'],
      ['D', 'E'],
    ]);
    expect(corpus.gold.map(({ start, end, type }) => [corpus.text.slice(start, end), type])).toEqual([
      ['A', 'Disease'],
      ['B', 'Species'],
      ['D', 'Disease'],
    ]);
  });
});

describe('typeNames', () => {
  it.each([
    ['ner/BC5CDR-disease/test.tsv', 'Disease'],
    ['ner/BioNLP11ID-chem/test.tsv', 'Chemical'],
    ['ner/BC2GM/test.tsv', 'Gene'],
    ['JNLPBA.iob', 'Gene'],
    ['ner/linnaeus/test.tsv', 'Species'],
    ['ner/s800_biobert/test.tsv', 'Species'],
  ])('reads bare tags of %s as %s', (file, type) => {
    expect(typeNames(file, { map: new Map() })('')).toBe(type);
  });

  it('returns a remark on guidelines that differ from ours', () => {
    expect(remarkOn('ner/JNLPBA_baderlab/test.tsv')).toMatch(/GENIA/);
    expect(remarkOn('ner/linnaeus/test.tsv')).toMatch(/patients/);
    expect(remarkOn('ner/BC2GM/test.tsv')).toMatch(/head words/);
    expect(remarkOn('ner/BC5CDR/test.tsv')).toBeUndefined();
  });

  it.each([
    ['GeneOrGeneProduct', 'Gene'],
    ['DiseaseOrPhenotypicFeature', 'Disease'],
    ['ChemicalEntity', 'Chemical'],
    ['OrganismTaxon', 'Species'],
    ['SequenceVariant', 'Variant'],
    ['CellLine', 'CellLine'],
    ['FamilyName', 'Gene'],
    ['ProteinMutation', 'Variant'],
    ['DomainMotif', 'DomainMotif'],
  ])('reads %s of BioRED and similar corpora as %s', (name, type) => {
    expect(typeNames('Dev.PubTator', { map: new Map() })(name)).toBe(type);
  });

  it('requires a type if the file name does not imply one', () => {
    expect(() => typeNames('test.tsv', { map: new Map() })('')).toThrow(/without a type/);
    expect(typeNames('test.tsv', { map: new Map(), bareType: 'Gene' })('')).toBe('Gene');
  });

  it('prefers the names that the user maps', () => {
    const names = typeNames('x', {
      map: new Map([
        ['dna', 'Gene'],
        ['protein', '-'],
      ]),
    });
    expect([names('DNA'), names('protein'), names('GENE')]).toEqual(['Gene', undefined, 'Gene']);
  });
});

describe('compare', () => {
  const corpus = readCorpus(iob, { typeOf, joinSentences: false });

  it('counts a mention as right only if both boundaries and the type match', () => {
    const { scores, mistakes, judged } = compare(
      corpus,
      [
        found(corpus.text, 'BRCA1 / 2'),
        found(corpus.text, 'TP53 rose'),
        found(corpus.text, 'Loss', 'Disease'),
      ],
      types,
    );
    expect(scores).toEqual([
      {
        type: 'Gene',
        truePositives: 1,
        falsePositives: 1,
        falseNegatives: 1,
        precision: 50,
        recall: 50,
        f1: 50,
      },
    ]);
    expect(mistakes.map(({ kind, start, end }) => [kind, corpus.text.slice(start, end)])).toEqual([
      ['missed', 'TP53'],
      ['wrong', 'TP53 rose'],
    ]);
    expect(judged.map(({ isRight }) => isRight)).toEqual([true, false]);
  });

  it('compares only the boundaries if types are merged', () => {
    const mixed = readCorpus('TP53\tB-PRGE\nin\tO\nHeLa\tB-CLLN\nafter\tO\ncisplatin\tO\n', {
      typeOf,
      joinSentences: false,
    });
    const entities = [found(mixed.text, 'TP53'), found(mixed.text, 'cisplatin', 'Chemical')];
    expect(compare(mixed, entities, types).scores.map(({ type, f1 }) => [type, f1])).toEqual([['Gene', 100]]);
    expect(compareCollapsed(mixed, entities).scores).toMatchObject([
      { type: 'all types', truePositives: 1, falsePositives: 0, falseNegatives: 1 },
    ]);
  });

  it('counts the second of two equal predictions, and one inside a token, as wrong', () => {
    const { scores } = compare(
      corpus,
      [found(corpus.text, 'TP53'), found(corpus.text, 'TP5'), found(corpus.text, 'RCA1')],
      types,
    );
    expect(scores[0]).toMatchObject({ truePositives: 1, falsePositives: 2, falseNegatives: 1 });
  });

  it('keeps the sums of conlleval for any predictions', () => {
    const spans = fc.array(fc.tuple(fc.nat(25), fc.integer({ min: 1, max: 12 })), { maxLength: 8 });
    fc.assert(
      fc.property(spans, (places) => {
        const entities = places.map(([start, length]) => ({
          ...found(corpus.text, 'Loss'),
          start,
          end: start + length,
        }));
        const { scores, judged } = compare(corpus, entities, types);
        const [score] = scores;
        expect((score?.truePositives ?? 0) + (score?.falsePositives ?? 0)).toBe(judged.length);
        expect((score?.truePositives ?? 0) + (score?.falseNegatives ?? 0)).toBe(corpus.gold.length);
      }),
    );
  });

  it('gives 0 instead of NaN if nothing was found, and sums types up', () => {
    expect(scoreOf('Gene', { right: 0, wrong: 0, missed: 3 })).toMatchObject({
      precision: 0,
      recall: 0,
      f1: 0,
    });
    const both = [
      scoreOf('a', { right: 1, wrong: 0, missed: 1 }),
      scoreOf('b', { right: 2, wrong: 1, missed: 0 }),
    ];
    expect(totalOf(both)).toMatchObject({ precision: 75, recall: 75, f1: 75 });
  });
});

describe('reliabilityOf', () => {
  const judged = [0.95, 0.95, 0.95, 0.25, 1].map((probability, index) => ({
    type: 'Gene',
    probability,
    isRight: index !== 0,
  }));

  it('weighs the gap of each bin by its count', () => {
    const { bins, expectedCalibrationError } = reliabilityOf('Gene', judged, undefined);
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 4]);
    expect(bins[9]).toMatchObject({ accuracy: 0.75, confidence: expect.closeTo(0.9625, 10) as number });
    expect(expectedCalibrationError).toBeCloseTo((1 * 0.75 + 4 * 0.2125) / 5, 10);
  });

  it('restores the raw probabilities from before calibration', () => {
    const calibration = { scale: 1.7, offset: -0.4 };
    const raw = [0.02, 0.5, 0.97];
    const calibrated = raw.map((probability) => ({
      type: 'Gene',
      probability: calibrate(probability, calibration),
      isRight: true,
    }));
    const { pairs } = reliabilityOf('Gene', calibrated, calibration);
    expect(pairs).toHaveLength(raw.length);
    pairs.forEach(([probability], index) => expect(probability).toBeCloseTo(raw[index] ?? 0, 8));
  });

  it('reports no error without predictions', () => {
    expect(reliabilityOf('Gene', [], undefined)).toMatchObject({ expectedCalibrationError: 0, pairs: [] });
  });
});
