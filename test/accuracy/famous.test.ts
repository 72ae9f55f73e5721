/**
 * Checks names that every reader knows, in short sentences. Scores on corpora hide such losses: a name that a tagger
 * misses at the beginning of a sentence hardly changes a score, but it costs the trust of the reader in every mark.
 */
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedTypes, type ShippedType } from '../../src/core/entities/entityTypes';
import { parseDocument } from '../../src/core/documents/parse';
import { createTagger, type Tagger } from '../../src/core/entities/pipeline';
import { knownNamesOf, loadTagger } from '../../src/runtime/engine/entities';
import { readTerminology } from '../../src/runtime/modelFolders/terminologyFolder';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { nullLogger } from '../../src/runtime/log';
import { famousNames, type FamousSentence, famousSentences } from './famousNames';
import { modelPath, requireFile } from './gold';

describe('the shipped tagger and terminology, on famous names', () => {
  let model: LoadedTagger;
  let tagger: Tagger;

  beforeAll(async () => {
    requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
    model = await loadTagger(modelPath, { threads: 0, log: nullLogger });
    const terminology = await readTerminology(path.join(modelPath, '../terminology'));
    tagger = createTagger({ ...model, model, knownNames: knownNamesOf(terminology, model.config) });
  });

  afterAll(() => model.release());

  /** Tells whether an entity of the type overlaps with the name. Boundaries may differ, because guidelines do. */
  async function isFound({ text, start, end }: FamousSentence, type: ShippedType): Promise<boolean> {
    const { entities } = await tagger.tag(text, parseDocument(text, 'plain').segments);
    return entities.some((each) => each.type === type && each.start < end && start < each.end);
  }

  it.for(shippedTypes)('finds most names of type %s', async (type, { skip }) => {
    if (!model.info.types.includes(type)) skip(`The shipped tagger does not have ${type}.`);
    const sentences = famousSentences(type);
    const missed: string[] = [];
    for (const sentence of sentences) if (!(await isFound(sentence, type))) missed.push(sentence.text);
    const share = (100 * (sentences.length - missed.length)) / sentences.length;
    expect(share, `not found as ${type}:\n${missed.join('\n')}`).toBeGreaterThanOrEqual(
      famousNames[type].floor,
    );
  });
});
