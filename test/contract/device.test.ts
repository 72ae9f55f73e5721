import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Device, devices } from '../../src/runtime/onnx/platform';
import { nullLogger } from '../../src/runtime/log';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain } from './engines';

const { own, folder } = disposables();
const text = 'Aspirin inhibits BRCA1.';

/** Covers machines without an accelerator: the runtime is not built for it, or its drivers are missing. */
describe.each(engines)('$name', ({ create }) => {
  const on = (device: Device, warnings: string[]) =>
    own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(path.join(folder(), 'tagger')),
          'relation-extraction': writeTinyRelations(path.join(folder(), 'relations')),
        },

        device,
        log: { ...nullLogger, warn: (message) => void warnings.push(message) },
      }),
    );

  it.each(devices)(
    'finds the same entities and relations on the device %s, with at most one warning',
    async (device) => {
      const warnings: string[] = [];
      const engine = on(device, warnings);
      const { relations } = await engine.relations(plain(text));
      expect(relations.map(({ type }) => type)).toEqual(['inhibitor']);
      expect((await engine.tag(plain(text))).entities).toHaveLength(2);
      expect(warnings.length).toBeLessThanOrEqual(device === 'cpu' ? 0 : 1);
      for (const warning of warnings)
        expect(warning).toMatch(/^The device \w+ cannot be used: .+ takes its place\.$/u);
    },
  );

  it.skipIf(process.platform === 'win32')('warns that DirectML is not available on this system', async () => {
    const warnings: string[] = [];
    await on('dml', warnings).load();
    expect(warnings).toEqual([
      'The device dml cannot be used: onnxruntime-node is not built for it here. The processor takes its place.',
    ]);
  });
});
