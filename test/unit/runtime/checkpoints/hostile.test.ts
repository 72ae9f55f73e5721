import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../src/cli/modelSpeed/texts';
import { convertCheckpoint } from '../../../../src/runtime/checkpoints/convert';
import { hostileCheckpoints } from '../../../support/hostileCheckpoints';

const fixture = path.resolve(import.meta.dirname, '../../../fixtures/checkpoints/tagger');

let scratch = '';
beforeEach(() => (scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-hostile-'))));
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

const convert = (source: string) =>
  convertCheckpoint({ source, output: path.join(scratch, 'output'), precision: 'fp32' });

describe('convertCheckpoint', () => {
  const refused = hostileCheckpoints.filter(({ code }) => code !== undefined);
  const accepted = hostileCheckpoints.filter(({ code }) => code === undefined);

  it.each(refused)('refuses a checkpoint with $what', async ({ code, write }) => {
    const random = randomFrom(18);
    for (let round = 0; round < 3; round += 1) {
      const source = path.join(scratch, `source-${round}`);
      fs.mkdirSync(source);
      write({ folder: source, fixture, random });
      await expect(convert(source)).rejects.toMatchObject({ name: 'BioBertError', code });
      expect(fs.readdirSync(scratch).filter((name) => name.startsWith('output'))).toEqual([]);
    }
  });

  it.each(accepted)('accepts a checkpoint with $what', async ({ write }) => {
    const source = path.join(scratch, 'source');
    fs.mkdirSync(source);
    write({ folder: source, fixture, random: randomFrom(18) });
    expect((await convert(source)).warnings).toEqual([]);
  });
});
