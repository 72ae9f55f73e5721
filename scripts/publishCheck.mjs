// Publishes packed extensions to a server on this machine, with the clients of both marketplaces: `npm run publish:check
// [-- FILE...]`, of all packages in dist/vsix/ by default. Neither client can check a package without publishing it.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { startStandInRegistry } from './standInRegistry.mjs';
import { PrerequisiteError, root } from './vscode.mjs';

const { resolve } = createRequire(import.meta.url);

/** No token of a marketplace: with it, nothing can be published by mistake. */
const token = 'stand-in';

/** How each client is called, with the address of the registry. */
const clients = [
  {
    name: 'vsce',
    script: ['@vscode/vsce', 'vsce'],
    args: (file) => ['publish', '--packagePath', file, '--pat', token],
    env: (url) => ({ VSCE_MARKETPLACE_URL: url }),
  },
  {
    name: 'ovsx',
    script: ['ovsx', 'bin/ovsx'],
    args: (file, url) => ['publish', file, '--registryUrl', url, '--pat', token],
    env: () => ({}),
  },
];

/**
 * Checks that the clients of both marketplaces publish a package: that they accept it, send it unchanged, and that it has what
 * the registries ask for.
 *
 * @param target The platform that the package is for. Default: any.
 * @throws {Error} with what a client or the registry refuses.
 */
export async function checkPublishing(file, target) {
  const registry = await startStandInRegistry(token);
  try {
    const refusals = [];
    for (const client of clients) refusals.push(...(await runClient(client, file, registry.url)));
    if (refusals.length > 0) throw new Error(refusals.join('\n'));
    const sha256 = await hashOf(file);
    if (
      registry.received.length !== clients.length ||
      registry.received.some((each) => each.sha256 !== sha256)
    )
      throw new Error(`${path.basename(file)}: the registry did not receive the package as it is.`);
    const other = registry.received.find(({ platform }) => target !== undefined && platform !== target);
    if (other) throw new Error(`${path.basename(file)} is for ${other.platform} instead of ${target}.`);
  } finally {
    registry.close();
  }
}

/** @returns why the client did not publish the package; nothing if it did. */
async function runClient({ name, script, args, env }, file, url) {
  // An address in the environment must not lead elsewhere, and a proxy must not be asked for this machine.
  const { OVSX_REGISTRY_URL: _registry, VSCE_STORE: _store, ...outer } = process.env;
  const options = { env: { ...outer, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', ...env(url) } };
  try {
    await promisify(execFile)(process.execPath, [scriptOf(script), ...args(file, url)], options);
    return [];
  } catch (error) {
    if (error instanceof PrerequisiteError) throw error;
    return [`${name} did not publish ${path.basename(file)}:\n${error.stdout}${error.stderr}`];
  }
}

/** @throws {PrerequisiteError} when a client is not installed. */
function scriptOf([packageName, script]) {
  try {
    return path.join(path.dirname(resolve(`${packageName}/package.json`)), script);
  } catch {
    throw new PrerequisiteError(`${packageName} is not installed: run npm ci.`);
  }
}

async function hashOf(file) {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file), hash);
  return hash.digest('hex');
}

function packedFiles() {
  const folder = path.join(root, 'dist/vsix');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.vsix')) : [];
  if (names.length === 0)
    throw new PrerequisiteError('There is no package in dist/vsix: run npm run package.');
  return names.sort().map((name) => path.join(folder, name));
}

async function main() {
  const chosen = process.argv.slice(2);
  for (const file of chosen.length > 0 ? chosen : packedFiles()) {
    await checkPublishing(path.resolve(file));
    console.log(`${path.basename(file)}: vsce and ovsx publish it.`);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.join(root, 'scripts/publishCheck.mjs')) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
