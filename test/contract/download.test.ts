import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeHub, startFakeHub } from '../support/fakeHub';
import { type FakeProxy, startFakeProxy } from '../support/fakeProxy';
import { disposables, root } from './engines';

const { folder } = disposables();
const fixture = path.join(root, 'test/fixtures/checkpoints/tagger');

let hub: FakeHub | undefined;
let proxy: FakeProxy | undefined;
afterEach(async () => {
  await hub?.close();
  await proxy?.close();
});

/** Overrides the proxy settings of this machine. */
const noProxy = {
  HTTPS_PROXY: '',
  HTTP_PROXY: '',
  NO_PROXY: '',
  https_proxy: '',
  http_proxy: '',
  no_proxy: '',
};

function biobert(args: readonly string[], endpoint: string, more: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, HF_ENDPOINT: endpoint, ...noProxy, ...more };
  return promisify(execFile)(process.execPath, [path.join(root, 'dist/cli.js'), ...args], { env });
}

describe('biobert download', () => {
  it('downloads a checkpoint into a folder that can be used for tagging', async () => {
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

  it('uses the proxy of HTTP_PROXY, except for the hosts in NO_PROXY', async () => {
    const names = ['config.json', 'vocab.txt', 'pytorch_model.bin'];
    hub = await startFakeHub(
      Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(fixture, name))])),
    );
    proxy = await startFakeProxy(new URL(hub.endpoint).port);
    const download = (endpoint: string, env: NodeJS.ProcessEnv) =>
      biobert(['download', 'owner/tagger', '--output', path.join(folder(), 'model')], endpoint, env);
    // Only the proxy can resolve this host.
    const named = { HTTP_PROXY: proxy.url, http_proxy: proxy.url };
    await download('http://hub.invalid', named);
    expect(new Set(proxy.hosts)).toEqual(new Set(['hub.invalid']));
    const seen = proxy.hosts.length;
    const passed = { ...named, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
    await download(hub.endpoint, passed);
    expect(proxy.hosts).toHaveLength(seen);
  });

  it('names the variable with an invalid proxy address without showing its value', async () => {
    const env = { HTTPS_PROXY: 'user:secret', https_proxy: 'name word secret' };
    const failed = biobert(['download', 'owner/tagger', '--output', folder()], 'http://hub.invalid', env);
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^(?!.*secret).*HTTPS_PROXY.*\(BB501\)/u) as string,
    });
  });
});
