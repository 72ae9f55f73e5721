/** Converts a published checkpoint of each task, and checks what both engines find with it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertCheckpoint } from '../../src/runtime/checkpoints/convert';
import { nullLogger } from '../../src/runtime/log';
import { openSession } from '../../src/runtime/onnx/session';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain, root } from './engines';

const { own, folder } = disposables();

/** Written and fine-tuned by models/training/checks/fixtures.py, each on a rule of one word. */
const fixtures = path.join(root, 'test/fixtures/checkpoints');

async function converted(name: string): Promise<string> {
  const output = path.join(folder(), name);
  await convertCheckpoint({ source: path.join(fixtures, name), output, precision: 'fp32' });
  return output;
}

interface Expected {
  readonly dims: readonly number[];
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

describe('a converted checkpoint', () => {
  it.each(['genes', 'gad', 'squad'])('gives the same logits as PyTorch: %s', async (name) => {
    const expected = JSON.parse(
      fs.readFileSync(path.join(fixtures, name, 'expected.json'), 'utf8'),
    ) as Expected;
    const requiredOutputs = Object.keys(expected.outputs);
    expect(requiredOutputs).not.toEqual([]);
    const shape = {
      inputs: Object.keys(expected.inputs),
      requiredInputs: [],
      requiredOutputs,
      nextStep: '',
      numbersOf: () => 0,
    };
    const session = await openSession(path.join(await converted(name), 'model.onnx'), shape, {
      threads: 1,
      log: nullLogger,
    });
    const tensors = Object.entries(expected.inputs).map(([input, values]) => [
      input,
      { data: BigInt64Array.from(values, BigInt), dims: expected.dims },
    ]);
    const found = await session.run(Object.fromEntries(tensors) as never, requiredOutputs);
    await session.release();
    for (const output of requiredOutputs) {
      const values = expected.outputs[output] ?? [];
      expect(found[output]?.data).toHaveLength(values.length);
      const difference = values.map((value, i) => Math.abs(value - (found[output]?.data[i] ?? NaN)));
      expect(Math.max(...difference)).toBeLessThan(1e-4);
      expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(1);
    }
  });
});

describe.each(engines)('$name', ({ create }) => {
  it('finds relations with a checkpoint that was fine-tuned on masked pairs', async () => {
    const engine = own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(folder()),
          'relation-extraction': await converted('gad'),
        },
      }),
    );
    const text =
      'BRCA1 causes asthma. Carriers of TP53 and asthma. A TP53 mutation causes breast cancer in carriers.';
    const { relations, model, pairs } = await engine.relations({ document: 'a', text, format: 'plain' });
    expect(relations.map(({ subject, type, object }) => `${subject.name} ${type} ${object.name}`)).toEqual([
      'BRCA1 associated asthma',
      'TP53 associated breast cancer',
    ]);
    expect(pairs).toBe(3);
    expect(model.version).toMatch(/^[0-9a-f]{12}$/u);
  });

  it('answers with a checkpoint that was fine-tuned on SQuAD', async () => {
    const engine = own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(folder()),
          'question-answering': await converted('squad'),
        },
      }),
    );
    const { answers, model } = await engine.answer({
      question: 'Which gene causes TP53?',
      passages: [
        { text: 'Carriers of asthma took aspirin.' },
        { text: 'A mutation of EGFR, in the carriers.' },
      ],
    });
    expect(answers[0]).toMatchObject({ text: 'EGFR', passage: 1 });
    expect(model.questions).toEqual({ verdicts: false, embeddings: false, noAnswer: false });
  });

  it('tags with a checkpoint whose labels are numbered', async () => {
    const at = await converted('genes');
    const manifest = JSON.parse(fs.readFileSync(path.join(at, 'biobert.json'), 'utf8')) as object;
    const labels = { LABEL_0: 'O', LABEL_1: 'I-Gene' };
    fs.writeFileSync(path.join(at, 'biobert.json'), JSON.stringify({ ...manifest, labels }));
    const { entities } = await own(create({ modelPaths: { 'token-classification': at } })).tag(
      plain('Carriers of a TP53 mutation took aspirin.'),
    );
    expect(entities).toMatchObject([{ name: 'TP53', type: 'Gene' }]);
  });
});
