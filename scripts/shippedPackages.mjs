// The npm packages whose code a VSIX carries, read from what esbuild bundled and from the runtimes beside the bundles.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './vscode.mjs';

/** Bundles of the extension host and its processes, and of the webviews. */
export const hostBundles = [
  'extension',
  'on-demand',
  'review',
  'evidence-export',
  'records',
  'assistant',
  'cli',
  'child',
  'importer',
  'index-worker',
  'paper-worker',
  'review-worker',
  'screening-worker',
];
export const panelBundles = [
  'panel',
  'panel-graph',
  'panel-style',
  'graph',
  'graph-style',
  'screening',
  'screening-style',
];

/** Bundles of the npm package: the library, the command, and what they start. */
export const npmBundles = ['library', 'cli', 'child', 'paper-worker'];

/** Packages that ship as files of their own. */
const runtimes = ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common'];

/** @returns folders under node_modules whose code is in a bundle, as its metafile lists them. */
function bundledFolders(bundle) {
  const metafile = JSON.parse(fs.readFileSync(path.join(root, `dist/meta/${bundle}.json`), 'utf8'));
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const files = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
  const folders = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter(Boolean))];
}

function packageIn(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  const { name, version, author, license } = manifest;
  return {
    folder,
    name,
    version,
    licence: typeof license === 'object' ? license.type : license,
    author: typeof author === 'object' ? author.name : author,
  };
}

/**
 * @param {readonly string[]} bundles Names of metafiles in dist/meta; run `npm run build` first.
 * @returns one entry for each shipped package, sorted by name: its folder from the root, name, version, licence
 *   (SPDX), author, and the bundles that carry its code (empty for a runtime, which ships as files).
 */
export function shippedPackages(bundles = [...hostBundles, ...panelBundles]) {
  const bundlesOf = new Map(runtimes.map((name) => [`node_modules/${name}`, []]));
  for (const bundle of bundles) {
    for (const folder of bundledFolders(bundle)) {
      bundlesOf.set(folder, [...(bundlesOf.get(folder) ?? []), bundle]);
    }
  }
  const packages = [...bundlesOf].map(([folder, carriers]) => ({ ...packageIn(folder), bundles: carriers }));
  const key = ({ name, version }) => `${name} ${version}`;
  return packages.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
