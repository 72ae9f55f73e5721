import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { targets } from '../../../scripts/package.mjs';
import { platformOf, readVsix, vsixIssues, type Vsix } from '../../../scripts/vsix.mjs';
import { writeZip } from '../../support/zipWriter';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-vsix-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Parts {
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Attributes of the identity. Undefined: the attribute is left out. */
  readonly identity?: Readonly<Record<string, string | undefined>>;
  readonly description?: string;
  readonly tags?: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** Undefined: the file is left out. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

const assets = {
  'Content.Details': 'extension/readme.md',
  'Content.Changelog': 'extension/changelog.md',
  'Content.License': 'extension/LICENSE.txt',
  'Icons.Default': 'extension/icon.png',
};

/** A package that nobody refuses, apart from what is said. */
async function packed({ manifest, identity, description, tags, properties, files }: Parts): Promise<Vsix> {
  const json = {
    ...{ name: 'words', publisher: 'reader', version: '1.2.3', license: 'MIT' },
    ...{ engines: { vscode: '^1.95.0' }, ...manifest },
  };
  const named: NonNullable<Parts['identity']> = {
    Id: 'words',
    Publisher: 'reader',
    Version: '1.2.3',
    TargetPlatform: 'linux-x64',
    ...identity,
  };
  const attributes = Object.entries(named).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}="${value}"`],
  );
  const stated = { Engine: '^1.95.0', ExtensionDependencies: '', EnabledApiProposals: '', ...properties };
  const xml = `<PackageManifest><Metadata>
    <Identity ${attributes.join(' ')}/><DisplayName>Words</DisplayName>
    <Description xml:space="preserve">${description ?? 'Reads words &amp; more.'}</Description>
    <Tags>${tags ?? 'a,b'}</Tags><Categories>Other</Categories>
    <Properties>${Object.entries(stated)
      .map(([id, value]) => `<Property Id="Microsoft.VisualStudio.Code.${id}" Value="${value}"/>`)
      .join('')}</Properties></Metadata>
    <Assets>${Object.entries(assets)
      .map(([type, file]) => `<Asset Type="Microsoft.VisualStudio.Services.${type}" Path="${file}"/>`)
      .join('')}</Assets></PackageManifest>`;
  const contents: NonNullable<Parts['files']> = {
    'extension.vsixmanifest': xml,
    'extension/package.json': JSON.stringify(json),
    ...Object.fromEntries(Object.values(assets).map((file) => [file, 'x'])),
    ...files,
  };
  const entries = Object.entries(contents).flatMap(([name, content]) =>
    content === undefined ? [] : [{ name, content: Buffer.from(content) }],
  );
  const file = path.join(folder, 'words.vsix');
  fs.writeFileSync(file, writeZip(entries));
  return await readVsix(file);
}

const issuesOf = async (parts: Parts): Promise<readonly string[]> => vsixIssues(await packed(parts));

describe('a packed extension', () => {
  it('is read back, and refused for nothing if nothing is wrong', async () => {
    const vsix = await packed({});
    expect(vsixIssues(vsix)).toEqual([]);
    expect(platformOf(vsix)).toBe('linux-x64');
    expect(vsix.listing.texts.get('Description')).toBe('Reads words & more.');
  });

  it.each(targets)('may be for %s', async (target) => {
    const platform = target === 'universal' ? undefined : target;
    const vsix = await packed({ identity: { TargetPlatform: platform } });
    expect(vsixIssues(vsix)).toEqual([]);
    expect(platformOf(vsix)).toBe(target);
  });

  it.each<[string, Parts]>([
    ['unsupported target platform "linux-riscv"', { identity: { TargetPlatform: 'linux-riscv' } }],
    ['invalid name "two words"', { identity: { Id: 'two words' }, manifest: { name: 'two words' } }],
    ['invalid publisher ""', { identity: { Publisher: undefined }, manifest: { publisher: '' } }],
    ['version "1.2.3-rc" is not', { identity: { Version: '1.2.3-rc' }, manifest: { version: '1.2.3-rc' } }],
    ['package.json names another extension', { manifest: { version: '1.2.4' } }],
    ['engines.vscode is missing', { manifest: { engines: {} } }],
    ['engines.vscode is missing', { properties: { Engine: '^1.90.0' } }],
    ['description has more than 2048 characters', { description: 'x'.repeat(2049) }],
    ['invalid character in description', { description: 'Reads\u200bwords' }],
    ['the description is not translated', { description: '%description%' }],
    ['keywords has more than 255 characters', { tags: 'x'.repeat(256) }],
    ['more than 30 keywords', { manifest: { keywords: Array.from({ length: 31 }, String) } }],
    ['no readme', { files: { 'extension/readme.md': undefined } }],
    ['no changelog', { files: { 'extension/changelog.md': '' } }],
    ['no licence', { files: { 'extension/LICENSE.txt': undefined } }],
    ['no icon', { files: { 'extension/icon.png': undefined } }],
    ['package.json names no license', { manifest: { license: undefined } }],
    [
      'ExtensionDependencies ms-toolsai.jupyter',
      { properties: { ExtensionDependencies: 'ms-toolsai.jupyter' } },
    ],
    ['EnabledApiProposals chat', { properties: { EnabledApiProposals: 'chat' } }],
    ['extension/.env may hold a secret', { files: { 'extension/.env': 'TOKEN=1' } }],
    ['extension/keys/id_rsa may hold a secret', { files: { 'extension/keys/id_rsa': 'x' } }],
  ])('is refused: %s', async (issue, parts) => {
    const issues = await issuesOf(parts);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(issue);
  });

  it('is refused if it is larger than Open VSX takes', async () => {
    const vsix = await packed({});
    expect(vsixIssues({ ...vsix, bytes: 512 * 1024 * 1024 + 1 })).toEqual(['larger than 512 MB']);
  });

  it('cannot be read without its manifests', async () => {
    await expect(packed({ files: { 'extension.vsixmanifest': undefined } })).rejects.toThrow(
      'no extension.vsixmanifest',
    );
    await expect(packed({ files: { 'extension.vsixmanifest': '<a' } })).rejects.toThrow('not XML');
  });
});
