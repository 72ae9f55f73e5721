import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { readRelationsFolder } from '../../../../src/runtime/modelFolders/relationsFolder';
import { writeTinyRelations } from '../../../support/tinyRelations';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

function write(manifest?: Readonly<Record<string, unknown>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-relations-'));
  folders.push(folder);
  return writeTinyRelations(folder, manifest === undefined ? {} : { manifest });
}

const head = {
  name: 'h',
  scope: 'sentence',
  labels: ['a'],
  pairs: [['Chemical', 'Gene']],
  relations: [{ subject: 'Chemical', object: 'Gene', label: 'a', type: 'a' }],
};

describe('readRelationsFolder', () => {
  it('returns everything that the pipeline needs', async () => {
    const { config, info, vocabulary } = await readRelationsFolder(write());
    expect(config.heads.map(({ name, scope, threshold }) => [name, scope, threshold])).toEqual([
      ['chemical-gene', 'sentence', 0.5],
      ['chemical-disease', 'document', 0.5],
    ]);
    expect('markers' in config && config.markers.get('Gene')).toEqual({ open: 5, close: 6 });
    expect(config).toMatchObject({ maskId: 4, tokenTypes: 'shape', maxTokens: 64 });
    expect(info).toMatchObject({ task: 'relation-extraction', types: ['inhibitor', 'activator', 'treats'] });
    expect(vocabulary.size).toBeGreaterThan(20);
  });

  it('uses the default threshold and no calibration if the manifest has none', async () => {
    const { config } = await readRelationsFolder(write({ heads: [head] }));
    expect(config.heads[0]).toMatchObject({ threshold: 0.4, calibration: undefined });
    const calibration = { h: { scale: 2, offset: -1 } };
    const fitted = await readRelationsFolder(write({ heads: [head], calibration }));
    expect(fitted.config.heads[0]?.calibration).toEqual({ scale: 2, offset: -1 });
  });

  it('reads the thresholds of relations across sentences and of those that are listed', async () => {
    const thresholds = { thresholdAcross: 0.7, thresholdListed: 0.8, thresholdListedAcross: 0.9 };
    const { config } = await readRelationsFolder(write({ heads: [{ ...head, ...thresholds }] }));
    expect(config.heads[0]).toMatchObject(thresholds);
  });

  it.each([
    ['no heads', { heads: undefined }],
    ['a head that is a string', { heads: ['h'] }],
    ['a head without labels', { heads: [{ ...head, labels: [] }] }],
    ['a thousand labels', { heads: [{ ...head, labels: new Array(1000).fill('a') }] }],
    ['a thousand heads', { heads: new Array(1000).fill(head) }],
    ['an unknown scope', { heads: [{ ...head, scope: 'toString' }] }],
    ['a pair with three types', { heads: [{ ...head, pairs: [['a', 'b', 'c']] }] }],
    ['a threshold over 1', { heads: [{ ...head, threshold: 7 }] }],
    ['a threshold of listed relations that is text', { heads: [{ ...head, thresholdListed: '0.5' }] }],
    ['a name of megabytes', { heads: [{ ...head, name: 'x'.repeat(1e6) }] }],
    ['markers that are a list', { markers: [] }],
    ['a negative marker', { markers: { Gene: { open: -1, close: 2 } } }],
    ['a mask outside the vocabulary', { maskId: 1e6 }],
    ['a max_length that is too large for the model', { maxTokens: 512 }],
  ])('refuses a manifest with %s', async (_, manifest) => {
    await expect(readRelationsFolder(write(manifest))).rejects.toMatchObject({
      code: errorCodes.MODEL_CONFIG_INVALID,
    });
  });

  it('refuses a folder for another task or without a manifest', async () => {
    const folder = write({ task: 'question-answering' });
    const mismatch = { code: errorCodes.MODEL_TASK_MISMATCH };
    await expect(readRelationsFolder(folder)).rejects.toMatchObject(mismatch);
    fs.rmSync(path.join(folder, 'biobert.json'));
    await expect(readRelationsFolder(folder)).rejects.toMatchObject({
      code: errorCodes.MODEL_CONFIG_INVALID,
      nextStep: expect.stringContaining('@GENE$') as string,
    });
  });
});
