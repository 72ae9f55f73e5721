// `npm start`: builds, packs for this platform, and opens VS Code on the sample documents. Desktop VS Code when
// `code` is on the PATH, else VS Code in the browser, on this computer only.
//   npm start [-- --browser] [-- --port 8123] [-- FOLDER]
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { packageVsix } from './package.mjs';
import { withProgress } from './progress.mjs';
import { cacheFolder, ensureCodeServer, PrerequisiteError, root, startServer } from './vscode.mjs';

const { values: args, positionals } = readArguments();

/** Ends with a message if the arguments are wrong, before anything is built. */
function readArguments() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: { browser: { type: 'boolean', default: false }, port: { type: 'string' } },
    });
    const [folder] = read.positionals;
    const { port } = read.values;
    if (folder && !fs.existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
    if (port !== undefined && !(Number.isInteger(Number(port)) && port > 0 && port < 65_536))
      throw new Error(`--port ${port}: a port is a number from 1 to 65535.`);
    return read;
  } catch (error) {
    console.error(`${error.message}\nUsage: npm start [-- --browser] [-- --port 8123] [-- FOLDER]`);
    process.exit(2);
  }
}

/** Settings of the trial, for a window that is not the user's own. */
const settings = {
  'editor.wordWrap': 'on',
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': true,
};

function desktopCommand() {
  const probe = process.platform === 'win32' ? spawnSync('where', ['code']) : spawnSync('which', ['code']);
  if (args.browser || probe.status !== 0) return undefined;
  return probe.stdout.toString().split(/\r?\n/)[0];
}

/** Its own profile and extensions: what the user has installed and set stays as it is. */
function openDesktop(code, vsix) {
  const home = path.join(cacheFolder(), 'desktop');
  const userData = path.join(home, 'data');
  const folder = chosenFolder(userData);
  const own = ['--user-data-dir', userData, '--extensions-dir', path.join(home, 'extensions')];
  fs.mkdirSync(path.join(userData, 'User'), { recursive: true });
  fs.writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const options = { stdio: 'inherit', shell: process.platform === 'win32' };
  execFileSync(code, [...own, '--install-extension', vsix, '--force'], options);
  console.log(
    `\nVS Code opens on ${folder}, with its own profile. Close its window, or press Ctrl+C here, to end.`,
  );
  const child = spawn(code, [...own, '--disable-workspace-trust', '--new-window', '--wait', folder], options);
  child.once('exit', (exitCode) => process.exit(exitCode ?? 0));
}

async function openBrowser(vsix) {
  await ensureCodeServer();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-start-'));
  const folder = chosenFolder(path.join(home, 'data'));
  const port = args.port === undefined ? undefined : Number(args.port);
  const server = await withProgress('Starting VS Code', () =>
    startServer({ vsix, settings, home, port, args: [folder] }),
  );
  console.log(`\nOpen this address in a browser on this computer:\n\n  ${server.url}\n`);
  if (positionals.length === 0)
    console.log('A sample opens, with its names marked. Rest the pointer on one.');
  console.log('Ctrl+C ends it.');
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  console.log('\nStopping …');
  await server.stop();
  fs.rmSync(home, { recursive: true, force: true });
}

/**
 * The folder that was named, or a copy of the samples. They lie where the extension copies them to, so that it knows its
 * samples and shows them.
 */
function chosenFolder(userData) {
  if (positionals[0]) return path.resolve(positionals[0]);
  const folder = path.join(userData, 'User/globalStorage/biobert.biobert/samples');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'samples'), folder, { recursive: true });
  return folder;
}

async function main() {
  const vsix = await withProgress('Building the extension', () => packageVsix({ quiet: true }));
  const code = desktopCommand();
  if (code) openDesktop(code, vsix);
  else await openBrowser(vsix);
}

main().catch((error) => {
  console.error(error instanceof PrerequisiteError ? error.message : error);
  process.exitCode = 1;
});
