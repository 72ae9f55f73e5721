import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/core/text/sentences';
import type { Relation } from '../../src/core/types';
import type { BioBertEngine } from '../../src/protocol/engine';
import { createEngine } from '../../src/runtime/engine/engine';
import * as path from 'node:path';
import { modelPath, requireFile, root } from './gold';
import cases from './relationCases.json';

type Case = (typeof cases.plain)[number];
type Pair = Case['pairs'][number];

let engine: BioBertEngine;

beforeAll(() => {
  requireFile('models/relations/model.onnx', 'git checkout -- models/relations');
  requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
  engine = createEngine({
    modelPaths: {
      'token-classification': modelPath,
      'relation-extraction': path.join(root, 'models/relations'),
    },
  });
});

afterAll(() => engine.dispose());

/** The relations of each text, which is a document of its own. */
async function relationsOf(texts: readonly string[]): Promise<readonly (readonly Relation[])[]> {
  const found: (readonly Relation[])[] = [];
  for (const [i, text] of texts.entries()) {
    const { relations } = await engine.relations({ document: `case ${i}.txt`, text, format: 'plain' });
    found.push(relations);
  }
  return found;
}

/** Relations of a pair; between two names of one type, the order says nothing. */
function relationsBetween(relations: readonly Relation[], { subject, object, types }: Pair): Relation[] {
  const names = ({ subject: a, object: b }: Relation) => [a.name, b.name].sort().join(' – ').toLowerCase();
  const wanted = [subject, object].sort().join(' – ').toLowerCase();
  return relations.filter((relation) => names(relation) === wanted && types.includes(relation.type));
}

const isDenied = ({ negated }: Relation) => negated !== undefined;

/** Tells whether the relations of a pair are as a case says. */
function isRight(found: readonly Relation[], expected: string): boolean {
  switch (expected) {
    case 'affirmed':
      return found.length > 0 && !found.some(isDenied);
    case 'denied':
      return found.length > 0 && found.every(isDenied);
    case 'speculative':
      return found.length > 0 && found.every(({ speculated }) => speculated !== undefined);
    case 'unrelated':
      return found.length === 0;
    case 'not denied':
      return !found.some(isDenied);
    case 'not affirmed':
      return found.every(isDenied);
    case 'not asserted':
      return found.every((relation) => isDenied(relation) || relation.speculated !== undefined);
    case 'not listed':
      return found.every(({ isTentative }) => isTentative === true);
    default:
      throw new Error(`A case expects "${expected}", which is no state of a pair.`);
  }
}

/** The pairs that are not as the cases say, with what was found instead. */
async function mistakesIn(own: readonly Case[]): Promise<string[]> {
  const found = await relationsOf(own.map(({ text }) => text));
  return own.flatMap(({ text, pairs }, i) =>
    pairs.flatMap((pair) => {
      const relations = relationsBetween(found[i] ?? [], pair);
      if (isRight(relations, pair.is)) return [];
      const told = relations.map(({ type, negated }) => `${negated ? 'denied ' : ''}${type}`).join(', ');
      return [`${pair.subject} – ${pair.object}: ${told || 'nothing'} for ${pair.is}: ${text}`];
    }),
  );
}

describe('the shipped relation model, on the cases', () => {
  it('finds what plain sentences state or deny', async () => {
    expect((await mistakesIn(cases.plain)).length).toBeLessThanOrEqual(4);
  });

  it('finds which pair a sentence denies, affirms or supposes', async () => {
    expect((await mistakesIn(cases.scope)).length).toBeLessThanOrEqual(8);
  });

  it('shows no relation that a sentence does not state', async () => {
    expect(await mistakesIn(cases.trust)).toEqual([]);
  });

  it('never affirms a pair that a sentence denies, nor the other way round', async () => {
    const all = [...cases.plain, ...cases.scope];
    const found = await relationsOf(all.map(({ text }) => text));
    const wrong = all.flatMap(({ text, pairs }, i) =>
      pairs
        .filter((pair) => {
          const relations = relationsBetween(found[i] ?? [], pair);
          const mayBeDenied = ['denied', 'not affirmed', 'unrelated'].includes(pair.is);
          return relations.some((relation) => isDenied(relation) !== mayBeDenied && pair.is !== 'unrelated');
        })
        .map(({ subject, object }) => `${subject} – ${object}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('lists no relation across two unrelated sentences of a paragraph', async () => {
    const texts = cases.plain.map(({ text }) => text);
    const paragraphs = texts.flatMap((first, i) =>
      [1, 3, 7].map((step) => `${first} ${texts[(i + step) % texts.length] ?? ''}`),
    );
    const across = (await relationsOf(paragraphs))
      .flat()
      .filter(({ isTentative, evidenceText }) => !isTentative && splitSentences(evidenceText).length > 1);
    expect(across.map(({ type, evidenceText }) => `${type}: ${evidenceText}`)).toEqual([]);
  });
});
