import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { byTask, taskTable } from '../../src/protocol/tasks';
import { createEngine } from '../../src/runtime/engine/engine';
import { disposables, plain, root } from '../contract/engines';
import { createServedEngine } from './engine';

const { own } = disposables();
const modelPaths = byTask((task) => path.join(root, 'models', taskTable[task].folder));
const models = { modelPaths };
const abstract = fs.readFileSync(path.join(root, 'test/fixtures/abstracts/abstract.txt'), 'utf8');

/** The last digits of 8-bit weights differ between two versions of onnxruntime. */
const rounded = (probability: number): number => Math.round(10 * probability);

function both() {
  const server = inject('mlserver');
  if (!server) throw new Error('Run it with npm run test:mlserver.');
  return [own(createEngine(models)), own(createServedEngine(server, models))] as const;
}

describe('the shipped models behind MLServer', () => {
  it('find the same entities as local models', async () => {
    const [here, there] = both();
    const [near, far] = [await here.tag(plain(abstract)), await there.tag(plain(abstract))];
    const brief = ({ entities }: typeof near) =>
      entities.map(({ start, end, type, probability }) => [start, end, type, rounded(probability)]);
    expect(near.entities.length).toBeGreaterThan(10);
    expect(brief(far)).toEqual(brief(near));
    expect(far.model.runtime).toBe('open-inference');
  });

  it('find the same relations as local models', async () => {
    const [here, there] = both();
    const [near, far] = [await here.relations(plain(abstract)), await there.relations(plain(abstract))];
    const brief = ({ relations }: typeof near) =>
      relations.map(({ subject, object, type, evidence }) => [subject.start, object.start, type, evidence]);
    expect(near.relations.length).toBeGreaterThan(0);
    expect(brief(far)).toEqual(brief(near));
  });

  it('give the same answers as local models', async () => {
    const [here, there] = both();
    const request = {
      question: 'Which drug is given to carriers of BRCA1 mutations?',
      passages: [{ text: abstract }],
    };
    const [near, far] = [await here.answer(request), await there.answer(request)];
    expect(near.answers.length).toBeGreaterThan(0);
    expect(far.answers.map(({ text }) => text)).toEqual(near.answers.map(({ text }) => text));
    const [[one], [other]] = [
      await here.embed({ texts: ['breast cancer'] }),
      await there.embed({ texts: ['breast cancer'] }),
    ];
    const cosine = Array.from(one ?? []).reduce((sum, value, i) => sum + value * (other?.[i] ?? 0), 0);
    expect(cosine).toBeGreaterThan(0.999);
  });
});
