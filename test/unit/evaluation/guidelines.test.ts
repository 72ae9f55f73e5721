import { describe, expect, it } from 'vitest';
import { guidelineOf, underGuideline } from '../../evaluation/guidelines';
import { typeNames } from '../../evaluation/typeNames';
import { createDecoder } from '../../../src/core/entities/entities';
import type { LoadedTagger } from '../../../src/runtime/engine/requestContext';
import { logitsOf } from '../core/entities/decode';

const labels = ['O', 'B-Gene', 'I-Gene', 'B-JNLPBA-protein', 'I-JNLPBA-protein'];
const config = { labels, decoding: 'per-type' as const, calibration: {} };
const modelHiding = (...hiddenTypes: string[]) =>
  ({ config: { ...config, hiddenTypes }, info: { types: ['Gene'] } }) as unknown as LoadedTagger;
const model = modelHiding('JNLPBA-protein');
const file = 'corpora/JNLPBA_baderlab/test.tsv';

describe('the head of a guideline', () => {
  it('is found by the name of the corpus if the model has it', () => {
    expect(guidelineOf(file, model)).toEqual({ shown: 'Gene', head: 'JNLPBA-protein' });
    expect(guidelineOf('BC2GM/test.tsv', model)).toBeUndefined();
    expect(guidelineOf('linnaeus/test.tsv', model)).toBeUndefined();
  });

  it.each([
    ['ner/BC2GM/test.tsv', 'Gene', 'BC2GM-gene'],
    ['ner/s800_biobert/test.tsv', 'Species', 'Species-800-species'],
    ['ner/linnaeus/test.tsv', 'Species', 'LINNAEUS-species'],
  ])('is used for %s if the model hides it', (path, shown, head) => {
    expect(guidelineOf(path, modelHiding(head))).toEqual({ shown, head });
    expect(guidelineOf(path, model)).toBeUndefined();
  });

  it('is measured alone, on the mentions that the corpus names like the shown type', () => {
    const guideline = guidelineOf(file, model);
    if (!guideline) throw new Error('no guideline');
    const under = underGuideline(guideline, model, typeNames(file, { map: new Map() }));
    expect(under.typeOf('PRGE')).toBe('JNLPBA-protein');
    expect(under.typeOf('DNA')).toBeUndefined();
    expect(under.model.info.types).toEqual(['JNLPBA-protein']);
    const decode = createDecoder(under.model.config);
    const found = decode(logitsOf([[0.1, 0.6, 0, 0.3, 0]]), 1);
    expect(found.map(({ type }) => type)).toEqual(['JNLPBA-protein']);
  });
});
