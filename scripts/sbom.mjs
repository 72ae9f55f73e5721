// The software bill of materials of a VSIX in the CycloneDX format: npm's own list, reduced to the packages whose code
// ships, and the models as components of the type that CycloneDX has for them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { shippedPackages } from './shippedPackages.mjs';
import { npm, npmOptions, root } from './vscode.mjs';

/** Everything that npm installed; with development packages, because esbuild bundles what the product uses of them. */
function installedBom() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const output = execFileSync(npm, args, { ...npmOptions, encoding: 'utf8' });
  return JSON.parse(output);
}

/** The components of a shipped folder: the graphs of a model, or a terminology, which has no manifest. */
export function modelComponents(folder) {
  const terms = path.join(root, folder, 'terms.bin');
  return fs.existsSync(terms)
    ? [terminologyComponent(folder, fs.readFileSync(terms))]
    : graphComponents(folder);
}

/** A terminology, from its header: see `src/core/linking/terminologyFormat.ts`. */
function terminologyComponent(folder, bytes) {
  const magic = 'BBTERM1\n';
  const begin = magic.length + 4;
  const header = JSON.parse(bytes.subarray(begin, begin + bytes.readUInt32LE(magic.length)).toString());
  return {
    'bom-ref': `${folder}@${header.version}`,
    type: 'data',
    name: 'BioBERT terminology',
    version: header.version,
    description: `Names and identifiers from ${Object.values(header.sources).join(', ')}`,
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }],
  };
}

/** The graphs of a shipped model, from its manifest: name, version, licence and the hash of the weights of each. */
function graphComponents(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, 'biobert.json'), 'utf8'));
  const graphs = Object.entries(manifest.files).filter(([name]) => name.endsWith('.onnx'));
  return graphs.map(([name, { sha256 }]) => {
    const subfolder = path.posix.dirname(name);
    const isMain = subfolder === '.';
    return {
      'bom-ref': `${isMain ? folder : `${folder}/${subfolder}`}@${manifest.version}`,
      type: 'machine-learning-model',
      name: isMain ? manifest.name : `${manifest.name} (${subfolder})`,
      version: manifest.version,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
      licenses: [{ license: { id: manifest.license } }],
    };
  });
}

/** @returns a component of npm's list without what holds for development alone: it ships, so it is required. */
function shippedComponent({ properties, ...component }) {
  const kept = (properties ?? []).filter(({ name }) => name !== 'cdx:npm:package:development');
  return { ...component, scope: 'required', ...(kept.length > 0 && { properties: kept }) };
}

/** npm names the product after the folder that it was built in; its package name is in the purl. */
function ownMetadata(metadata) {
  const [, name] = /^pkg:npm\/(.+)@/.exec(metadata.component.purl);
  return { ...metadata, component: { ...metadata.component, name } };
}

/**
 * Reduces a bill of all installed packages to those that ship, and adds the models.
 * @param bom CycloneDX 1.5 as `npm sbom` prints it.
 * @param packages Entries of `shippedPackages`.
 * @param models Components for the shipped models.
 * @throws when npm's list lacks a package that ships.
 */
export function shippedBom(bom, packages, models) {
  const components = packages.map(({ name, version }) => {
    // The name of a scoped package is split into group and name by some versions of npm; the purl is not.
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    const component = bom.components.find((entry) => entry.purl === purl);
    if (!component) throw new Error(`npm sbom does not list ${name} ${version}: run npm ci again.`);
    return shippedComponent(component);
  });
  const all = [...components, ...models];
  const own = bom.metadata.component['bom-ref'];
  const shipped = new Set([own, ...all.map((component) => component['bom-ref'])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => shipped.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => shipped.has(other)) }));
  return { ...bom, metadata: ownMetadata(bom.metadata), components: all, dependencies };
}

/** @returns the bill of materials of the built product. @throws when `npm run build` has not run. */
export function billOfMaterials(modelFolders) {
  return shippedBom(installedBom(), shippedPackages(), modelFolders.flatMap(modelComponents));
}
