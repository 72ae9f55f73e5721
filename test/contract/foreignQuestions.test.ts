/** Third-party models that were fine-tuned on SQuAD, on both engines. */
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import { type TinyQuestionsOptions, writeTinyQuestions } from '../support/tinyQuestions';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain } from './engines';

const { own, folder } = disposables();

const texts = ['Asthma.', 'Aspirin treats asthma. Carriers of BRCA1, not TP53.', 'of brca1'];
const asked = (question: string, passages: readonly string[] = texts) => ({
  question,
  passages: passages.map((text) => ({ text })),
});

describe.each(engines)('a third-party question model in $name', ({ create }) => {
  const tiny = (options: TinyQuestionsOptions, name = 'some-model') =>
    own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(folder()),
          'question-answering': writeTinyQuestions(path.join(folder(), name), options),
        },
      }),
    );

  it.each(['exported', 'converted'] as const)(
    'answers if it was fine-tuned on SQuAD 1 (%s)',
    async (foreign) => {
      const engine = tiny({ foreign });
      const info = await engine.load(undefined, 'question-answering');
      expect(info.questions).toEqual({ verdicts: false, embeddings: false, noAnswer: false });
      const { answers, noAnswer } = await engine.answer(asked('Which gene?'));
      expect(answers[0]).toMatchObject({ text: 'BRCA1', passage: 1, otherOccurrences: [{ passage: 2 }] });
      expect(texts[1]?.slice(answers[0]?.sentence.start, answers[0]?.sentence.end)).toBe(
        'Carriers of BRCA1, not TP53.',
      );
      expect(noAnswer).toBeUndefined();
    },
  );

  it('divides the probability between all passages (SQuAD 1)', async () => {
    const engine = tiny({ foreign: 'exported' });
    const alone = await engine.answer(asked('Which gene?', ['of brca1 of']));
    const amongMany = await engine.answer(asked('Which gene?', ['of brca1 of', 'tp53', 'tp53', 'tp53 of']));
    // The span has a logit of 3 + 3, so its odds are e⁶. Each other passage takes a part of the probability.
    expect(alone.answers[0]?.probability).toBeGreaterThan(0.99);
    const [best, second] = amongMany.answers;
    expect(best?.text).toBe('brca1');
    expect(best?.probability).toBeLessThan(alone.answers[0]?.probability ?? 0);
    expect((best?.probability ?? 0) + (second?.probability ?? 0)).toBeLessThanOrEqual(1.01);
  });

  it('gives an improbable answer if no passage answers the question (SQuAD 1)', async () => {
    const { answers } = await tiny({ foreign: 'exported' }).answer(
      asked('Which gene?', ['Aspirin treats asthma.']),
    );
    expect(answers.length).toBeGreaterThan(0);
    expect(answers[0]?.probability).toBeLessThan(0.5);
  });

  it('says that there is no answer if its name or manifest shows that it can (SQuAD 2)', async () => {
    for (const engine of [
      tiny({ foreign: 'exported' }, 'biobert-squad2'),
      tiny({ foreign: 'converted', manifest: { nullAnswer: true } }),
    ]) {
      const none = await engine.answer(asked('Which gene?', ['Aspirin treats asthma.']));
      expect(none.answers).toEqual([]);
      expect(none.noAnswer).toBeGreaterThan(0.9);
      const some = await engine.answer(asked('Which gene?'));
      expect(some.answers[0]?.text).toBe('BRCA1');
      // The span is 3 + 3 above the 0 of [CLS], in each of two passages; 0.4 less because others may be right.
      expect(some.answers[0]?.probability).toBeCloseTo(1 / (1 + Math.exp(0.4 - 6 - Math.log(2))), 3);
      expect(some.noAnswer).toBeLessThan(0.1);
    }
  });

  it('gives spans but no verdict for a yes/no question', async () => {
    const result = await tiny({ foreign: 'exported' }, 'squad_v2').answer(
      asked('Does aspirin treats?', ['TP53.', 'Asthma.']),
    );
    expect(result).toMatchObject({ kind: 'yesno', read: 2 });
    expect(result.verdict).toBeUndefined();
    expect(result.answers[0]).toMatchObject({ text: 'TP53', passage: 0 });
  });

  it('computes no embeddings, but splits documents into passages', async () => {
    const engine = tiny({ foreign: 'exported' });
    await expect(engine.embed({ texts: ['BRCA1'] })).rejects.toMatchObject({
      code: errorCodes.MODEL_WITHOUT_EMBEDDING,
      nextStep: expect.stringContaining('by words') as string,
    });
    const { passages, embeddings } = await engine.passages({ ...plain('Carriers of BRCA1.'), embed: true });
    expect(passages).toHaveLength(1);
    expect(embeddings).toBeUndefined();
  });

  it('reads a passage longer than max_length in windows', async () => {
    const engine = tiny({ foreign: 'converted', manifest: { overlap: 4, maxTokens: 40 } });
    const long = `${'asthma of '.repeat(60)}brca1 ${'asthma of '.repeat(60)}`;
    const { answers } = await engine.answer(asked('Which gene?', [long]));
    expect(answers[0]).toMatchObject({ text: 'brca1', start: 600 });
  });

  it('is refused if it is for another task or has other outputs', async () => {
    const engine = (questionsPath: string) =>
      own(
        create({
          modelPaths: {
            'token-classification': writeTinyTagger(folder()),
            'question-answering': questionsPath,
          },
        }),
      );
    const tagger = engine(writeTinyTagger(folder(), { manifest: false }));
    await expect(tagger.answer(asked('Which gene?'))).rejects.toMatchObject({
      code: errorCodes.MODEL_TASK_MISMATCH,
    });
    const ours = writeTinyQuestions(folder(), { spans: 3 });
    await expect(engine(ours).answer(asked('Which gene?'))).rejects.toMatchObject({
      code: errorCodes.MODEL_SHAPE_MISMATCH,
    });
  });
});
