import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStatements } from '../evaluation/report';
import type { Score } from '../evaluation/score';
import { measureStatements, readStatements } from '../evaluation/statements';
import { formatOf } from '../../src/core/documents/format';
import type { BioBertEngine } from '../../src/protocol/engine';
import { createEngine } from '../../src/runtime/engine/engine';
import { loadRelations } from '../../src/runtime/engine/relations';
import { nullLogger } from '../../src/runtime/log';
import { modelPath, requireFile, root } from './gold';

const relationsPath = path.join(root, 'models/relations');
const samples = path.join(root, 'test/fixtures/abstracts');

let engine: BioBertEngine;

beforeAll(() => {
  requireFile('models/relations/model.onnx', 'git checkout -- models/relations');
  requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
  engine = createEngine({
    modelPaths: { 'token-classification': modelPath, 'relation-extraction': relationsPath },
  });
});

afterAll(() => engine.dispose());

/** The minimum F1 in percent or, for texts that state no relation, the maximum number of wrong relations. */
const limits: Readonly<Record<string, { readonly f1: number } | { readonly wrong: number }>> = {
  'a chemical and a gene': { f1: 95 },
  'a gene and a disease': { f1: 90 },
  'a chemical that induces a disease': { f1: 60 },
  'a chemical that treats a disease': { f1: 70 },
  'two genes': { f1: 30 },
  'two chemicals': { f1: 15 },
  'nothing stated': { wrong: 3 },
  denied: { wrong: 1 },
  'paragraphs of several statements': { f1: 55 },
  all: { f1: 70 },
};

describe('the shipped relation model, on texts written for this test', () => {
  let scores: ReadonlyMap<string, Score>;

  beforeAll(async () => {
    const statements = readStatements(readFileSync(path.join(import.meta.dirname, 'relations.txt'), 'utf8'));
    const relations = await loadRelations(relationsPath, { threads: 0, log: nullLogger });
    try {
      const result = await measureStatements(statements, { relations });
      process.stdout.write(writeStatements(relations.info, result, 0));
      scores = new Map(result.scores.map((score) => [score.type, score]));
    } finally {
      await relations.release();
    }
  });

  it('has one limit for each kind of text and no others', () => {
    expect([...scores.keys()]).toEqual(Object.keys(limits));
  });

  it.each(Object.entries(limits))('keeps the limit: %s', (kind, limit) => {
    const score = scores.get(kind);
    if ('f1' in limit) expect(score?.f1).toBeGreaterThanOrEqual(limit.f1);
    else expect(score?.falsePositives).toBeLessThanOrEqual(limit.wrong);
  });
});

describe('the shipped relation model, on the sample documents', () => {
  const files = readdirSync(samples).filter((file) => file !== 'README.md');

  it.each(files)('finds relations in %s with spans of the document', async (file) => {
    const text = readFileSync(path.join(samples, file), 'utf8');
    const format = formatOf({ fileName: file, head: text.slice(0, 2000) });
    const { relations } = await engine.relations({ document: file, text, format, minProbability: 0.1 });
    expect(relations.length).toBeGreaterThan(0);
    for (const { subject, object, evidence, evidenceText, probability } of relations) {
      for (const mention of [subject, object]) {
        expect(text.slice(mention.start, mention.end)).toBe(mention.text);
        expect(mention.start).toBeGreaterThanOrEqual(evidence.start);
        expect(mention.end).toBeLessThanOrEqual(evidence.end);
        // A name has ASCII hyphens, whatever dashes the sentence has.
        expect(evidenceText.replace(/[\u2010-\u2015]/gu, '-')).toContain(mention.name);
      }
      expect(probability).toBeGreaterThanOrEqual(0.1);
      expect(probability).toBeLessThanOrEqual(1);
    }
  });

  it('finds more relations than there are documents', async () => {
    let found = 0;
    for (const file of files) {
      const text = readFileSync(path.join(samples, file), 'utf8');
      const format = formatOf({ fileName: file, head: text.slice(0, 2000) });
      found += (await engine.relations({ document: file, text, format })).relations.length;
    }
    expect(found).toBeGreaterThan(files.length);
  });
});
