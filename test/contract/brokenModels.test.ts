import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import { writeTinyQuestions } from '../support/tinyQuestions';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain } from './engines';

const { own, folder } = disposables();

const broken = {
  code: errorCodes.MODEL_OUTPUT_INVALID,
  message: expect.stringContaining('broken-model') as string,
  nextStep: expect.stringMatching(/^[A-Z].*\.$/) as string,
};

describe.each(engines)('$name, with a model whose weights are damaged', ({ create }) => {
  const at = () => path.join(folder(), 'broken-model');

  it.each([NaN, Infinity, -Infinity])(
    'fails to tag where a logit is %d, and tags elsewhere',
    async (tp53) => {
      const engine = own(create({ modelPaths: { 'token-classification': writeTinyTagger(at(), { tp53 }) } }));
      expect((await engine.tag(plain('Carriers of BRCA1.'))).entities).toHaveLength(1);
      await expect(engine.tag(plain('BRCA1 and TP53.'))).rejects.toMatchObject(broken);
      expect((await engine.tag(plain('BRCA1 and asthma.'))).entities).toHaveLength(2);
    },
  );

  it('fails to relate', async () => {
    const modelPaths = {
      'token-classification': writeTinyTagger(folder()),
      'relation-extraction': writeTinyRelations(at(), { tp53: NaN }),
    };
    const engine = own(create({ modelPaths }));
    expect((await engine.relations(plain('Aspirin inhibits BRCA1.'))).relations).toHaveLength(1);
    await expect(engine.relations(plain('Aspirin inhibits TP53.'))).rejects.toMatchObject(broken);
  });

  it('fails to answer and to embed', async () => {
    const modelPaths = { 'question-answering': writeTinyQuestions(at(), { tp53: NaN }) };
    const engine = own(create({ modelPaths }));
    const ask = (text: string) => engine.answer({ question: 'Which gene?', passages: [{ text }] });
    expect((await ask('Carriers of BRCA1.')).answers).toHaveLength(1);
    await expect(ask('Carriers of TP53.')).rejects.toMatchObject(broken);
    expect(await engine.embed({ texts: ['BRCA1'] })).toHaveLength(1);
    await expect(engine.embed({ texts: ['BRCA1', 'TP53'] })).rejects.toMatchObject(broken);
  });
});
