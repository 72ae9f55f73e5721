import * as fs from 'node:fs';
import * as path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RelationsRequest } from '../../src/protocol/engine';
import { disposables, engines, root } from './engines';

const { own } = disposables();
const modelPath = path.join(root, 'models/tagger');
const relationsPath = path.join(root, 'models/relations');

const text =
  'Sildenafil is a selective inhibitor of the PDE5A gene product.\n\n' +
  'Polymorphisms of the BRCA1 gene are associated with breast cancer.\n\n' +
  'Cisplatin-induced nephrotoxicity. Acute renal failure developed in patients after cisplatin.';
const request: RelationsRequest = { document: 'test:document', text, format: 'plain' };

beforeAll(() => {
  if (fs.existsSync(path.join(relationsPath, 'model.onnx'))) return;
  throw new Error(
    'models/relations has no model: fetch it with `git checkout -- models/relations`, or build it as models/README.md says.',
  );
});

describe.each(engines)('the shipped relation model in $name', ({ create }) => {
  it('finds relations with their evidence in plain text', async () => {
    const engine = own(
      create({ modelPaths: { 'token-classification': modelPath, 'relation-extraction': relationsPath } }),
    );
    const { relations, model } = await engine.relations(request);
    const told = relations.map(({ type, subject, object }) => `${subject.name} ${type} ${object.name}`);
    expect(told).toEqual(
      expect.arrayContaining([expect.stringMatching(/^BRCA1.* associated breast cancer$/) as string]),
    );
    for (const { subject, object, evidence } of relations) {
      expect(Math.min(subject.start, object.start)).toBeGreaterThanOrEqual(evidence.start);
      expect(Math.max(subject.end, object.end)).toBeLessThanOrEqual(evidence.end);
    }
    expect(model.task).toBe('relation-extraction');
    expect(model.types).toEqual(expect.arrayContaining(['inhibitor', 'induces', 'associated', 'treats']));
    expect((await engine.relations(request)).relations).toEqual(relations);
  });

  it('finds the same number of probable relations on the WebAssembly runtime', async () => {
    const native = await own(
      create({
        modelPaths: { 'token-classification': modelPath, 'relation-extraction': relationsPath },
        runtime: 'node',
      }),
    ).relations(request);
    const web = await own(
      create({
        modelPaths: { 'token-classification': modelPath, 'relation-extraction': relationsPath },
        runtime: 'web',
      }),
    ).relations(request);
    const keys = ({ relations }: typeof native) =>
      relations.filter(({ probability }) => probability > 0.6).map(({ type, evidence }) => [type, evidence]);
    expect(web.model.runtime).toBe('onnxruntime-web');
    expect(keys(native).length).toBeGreaterThan(0);
    expect(keys(web).length).toBe(keys(native).length);
  });
});
