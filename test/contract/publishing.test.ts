import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageManifest } from '../../scripts/package.mjs';
import { checkPublishing } from '../../scripts/publishCheck.mjs';
import { root } from './engines';

const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-publishing-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Packs the page and the manifest of the extension with a bundle that does nothing. The real package takes minutes. */
async function pack(
  target: string,
  change: (manifest: Record<string, unknown>) => void = () => undefined,
): Promise<string> {
  const copied = ['package.nls.json', 'CHANGELOG.md', 'LICENSE', 'media/icons'];
  for (const name of copied) fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  fs.copyFileSync(path.join(root, 'docs/extension.md'), path.join(folder, 'README.md'));
  fs.mkdirSync(path.join(folder, 'dist'));
  fs.writeFileSync(path.join(folder, 'dist/extension.js'), '// Nothing.\n');
  const file = path.join(folder, stageManifest(folder, target));
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as object;
  const changed = { ...manifest };
  change(changed);
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(changed));
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  if (target !== 'universal') options.push('--target', target);
  const args = [vsce, 'package', '--out', file, '--skip-license', ...options];
  await promisify(execFile)(process.execPath, args, { cwd: folder });
  return file;
}

describe('the clients of the marketplaces', () => {
  it('publish the extension as it is, for a platform and for all', async () => {
    const forLinux = await pack('linux-arm64');
    await checkPublishing(forLinux, 'linux-arm64');
    await expect(checkPublishing(forLinux, 'universal')).rejects.toThrow('is for linux-arm64');
    fs.rmSync(path.join(folder, 'dist'), { recursive: true });
    await checkPublishing(await pack('universal'), 'universal');
  }, 180_000);

  it('pass on what a registry refuses', async () => {
    const file = await pack('linux-x64', (manifest) => {
      manifest['extensionDependencies'] = ['ms-toolsai.jupyter'];
    });
    const refused = 'did not publish [^]*ExtensionDependencies ms-toolsai\\.jupyter';
    await expect(checkPublishing(file)).rejects.toThrow(new RegExp(`vsce ${refused}[^]*ovsx ${refused}`));
  }, 180_000);

  it('check the package themselves', async () => {
    const file = await pack('linux-x64', (manifest) => {
      manifest['enabledApiProposals'] = ['chatProvider'];
    });
    await expect(checkPublishing(file)).rejects.toThrow(
      /vsce did not publish [^]*can't be published to the Marketplace/,
    );
  }, 180_000);
});
