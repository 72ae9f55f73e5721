import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeHub, startFakeHub } from '../tools/fakeHub';
import { disposables, root } from './engines';

const { folder } = disposables();
const fixture = path.join(root, 'test/fixtures/checkpoints/tagger');

let hub: FakeHub | undefined;
afterEach(() => hub?.close());

function biobert(args: readonly string[], endpoint: string) {
  const env = { ...process.env, HF_ENDPOINT: endpoint };
  return promisify(execFile)(process.execPath, [path.join(root, 'dist/cli.js'), ...args], { env });
}

describe('biobert download', () => {
  it('brings a checkpoint from a hub to a folder that tags', async () => {
    const names = ['config.json', 'vocab.txt', 'pytorch_model.bin'];
    hub = await startFakeHub(
      Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(fixture, name))])),
    );
    const [output, text] = [path.join(folder(), 'model'), path.join(folder(), 'a.txt')];
    fs.writeFileSync(text, 'BRCA1 carriers with breast cancer.');
    const { stdout } = await biobert(['download', 'owner/tagger', '--output', output], hub.endpoint);
    expect(stdout).toMatch(/^owner\/tagger a{12}: 0\.0 MB, apache-2\.0\n$/);
    const tagged = await biobert(['tag', '--model', output, '--min-probability', '0', text], hub.endpoint);
    expect(JSON.parse(tagged.stdout)).toMatchObject({ entities: expect.any(Array) as unknown[] });
  });
});
