import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMarkedLine } from '../../src/cli/accuracy/markedSentences';
import { formatOf } from '../../src/core/document/format';
import type { Entity } from '../../src/core/types';
import type { BioBertEngine } from '../../src/protocol/engine';
import { createEngine } from '../../src/runtime/engine';
import { modelPath, requireFile, root } from './gold';

const relationsPath = path.join(root, 'models/relations');
const samples = path.join(root, 'test/fixtures/abstracts');

interface RelationSentence {
  /** `none` where the sentence states no relation that the model knows. */
  readonly type: string;
  readonly text: string;
  readonly entities: readonly Entity[];
}

function readSentences(): RelationSentence[] {
  const lines = readFileSync(path.join(import.meta.dirname, 'relations.txt'), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [type = '', marked = ''] = line.split('\t');
      const { text, names } = readMarkedLine(marked);
      const entities = names.map(({ start, end, type: entityType }): Entity => {
        const name = text.slice(start, end);
        return { start, end, text: name, name, type: entityType, probability: 1 };
      });
      return { type, text, entities };
    });
}

let engine: BioBertEngine;

beforeAll(() => {
  requireFile('models/relations/model.onnx', 'git checkout -- models/relations');
  requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
  engine = createEngine({ modelPath, relationsPath });
});

afterAll(() => engine.dispose());

describe('the shipped relation model, on sentences of our own', () => {
  it('tells most relations by their names, and few where none is stated', async () => {
    const wrong: string[] = [];
    let alarms = 0;
    const sentences = readSentences();
    for (const { type, text, entities } of sentences) {
      const { relations } = await engine.relations({ document: text, text, format: 'plain', entities });
      // What is denied is not stated.
      const told = relations.filter(({ negated }) => negated === undefined).map((relation) => relation.type);
      if (type === 'none') alarms += told.length > 0 ? 1 : 0;
      else if (!told.includes(type)) wrong.push(`${type} for ${told.join(', ') || 'nothing'}: ${text}`);
    }
    const none = sentences.filter(({ type }) => type === 'none').length;
    const stated = sentences.length - none;
    expect(wrong.length / stated, wrong.join('\n')).toBeLessThanOrEqual(0.25);
    expect(alarms / none).toBeLessThanOrEqual(0.45);
  });
});

describe('the shipped relation model, on the sample documents', () => {
  const files = readdirSync(samples).filter((file) => file !== 'README.md');

  it.each(files)('finds relations of %s whose places are those of the document', async (file) => {
    const text = readFileSync(path.join(samples, file), 'utf8');
    const format = formatOf({ fileName: file, head: text.slice(0, 2000) });
    const { relations } = await engine.relations({ document: file, text, format, minProbability: 0.1 });
    for (const { subject, object, evidence, evidenceText, probability } of relations) {
      for (const mention of [subject, object]) {
        expect(text.slice(mention.start, mention.end)).toBe(mention.text);
        expect(mention.start).toBeGreaterThanOrEqual(evidence.start);
        expect(mention.end).toBeLessThanOrEqual(evidence.end);
        expect(evidenceText).toContain(mention.name);
      }
      expect(probability).toBeGreaterThanOrEqual(0.1);
      expect(probability).toBeLessThanOrEqual(1);
    }
  });

  it('finds some in them', async () => {
    let found = 0;
    for (const file of files) {
      const text = readFileSync(path.join(samples, file), 'utf8');
      const format = formatOf({ fileName: file, head: text.slice(0, 2000) });
      found += (await engine.relations({ document: file, text, format })).relations.length;
    }
    expect(found).toBeGreaterThan(files.length);
  });
});
