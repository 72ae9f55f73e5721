// A real VS Code for tests, screenshots and `npm start`, from npm alone: code-server is VS Code's workbench and
// extension host with the window in a browser. Every server has its own home, settings and extensions, listens on
// loopback only and asks nothing of the network.
//
// Where desktop VS Code is at hand, the same in-host tests run there:
//   code --extensionDevelopmentPath=test/editor/stub --extensionTestsPath=dist/editor-tests/index --user-data-dir=DIR
import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { withProgress } from './progress.mjs';

const run = promisify(execFile);

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

// Patch releases of VS Code change what the page is made of: both stay pinned.
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0'; // code-server needs Node 24; the system's own stays as it is.

/** Something that the machine lacks. The message says what, and the command that mends it. */
export class PrerequisiteError extends Error {}

/** Downloads are kept here and used again. Named by BIOBERT_TEST_CACHE, or .cache/ in the repository. */
export function cacheFolder() {
  return path.resolve(process.env.BIOBERT_TEST_CACHE ?? path.join(root, '.cache'));
}

/** A quiet, empty editor: no banners, tours, chat, updates or gallery. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.editor.empty.hint': 'hidden',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'github.gitAuthentication': false,
  'npm.autoDetect': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'json.schemaDownload.enable': false,
  'editor.hover.delay': 100,
  'editor.accessibilitySupport': 'off',
  'files.simpleDialog.enable': true,
  'window.menuBarVisibility': 'classic',
};

/**
 * VS Code for the browser, installed into the cache when it is not there yet (about 30 s and 800 MB).
 * @returns `{ node, entry }`: the Node to run it with and its main script.
 * @throws {PrerequisiteError} on platforms where it does not run from npm alone.
 */
export async function ensureCodeServer() {
  const platform = `${process.platform}-${process.arch}`;
  if (!['linux-x64', 'linux-arm64'].includes(platform)) {
    throw new PrerequisiteError(
      `VS Code in the browser cannot be installed from npm on ${platform}. Install desktop VS Code and its \`code\` command, or use Linux or a Linux container.`,
    );
  }
  const cache = cacheFolder();
  const nodePackage = `node-${platform}`;
  const server = path.join(cache, 'node_modules/code-server');
  const node = path.join(cache, 'node_modules', nodePackage, 'bin/node');
  const paths = { node, entry: path.join(server, 'out/node/entry.js') };
  const vscode = path.join(server, 'lib/vscode');
  if (
    isInstalled(server, codeServerVersion) &&
    fs.existsSync(node) &&
    isPopulated(path.join(vscode, 'extensions'))
  ) {
    return paths;
  }
  console.log(
    `VS Code for the browser (code-server ${codeServerVersion}) is installed into ${cache}: about 800 MB, once.`,
  );
  fs.mkdirSync(cache, { recursive: true });
  fs.writeFileSync(path.join(cache, 'package.json'), '{"private":true}');
  await withProgress('Step 1 of 3, downloading VS Code and Node.js', () =>
    npmInstall(cache, [`${nodePackage}@${nodeVersion}`, `code-server@${codeServerVersion}`]),
  );
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
  await withProgress('Step 2 of 3, downloading the libraries of VS Code', () =>
    npmInstall(vscode, ['--omit=dev'], env),
  );
  await withProgress('Step 3 of 3, downloading the libraries of its extensions', () =>
    npmInstall(path.join(vscode, 'extensions'), ['--omit=dev'], env),
  );
  return paths;
}

function isInstalled(folder, version) {
  const manifest = path.join(folder, 'package.json');
  return fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest, 'utf8')).version === version;
}

/** npm writes this file last: an install that was cut off lacks it. */
function isPopulated(folder) {
  return fs.existsSync(path.join(folder, 'node_modules/.package-lock.json'));
}

/** How npm is called: on Windows it is a script of the shell. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
export const npmOptions = { cwd: root, shell: process.platform === 'win32', maxBuffer: 1 << 26 };

async function npmInstall(cwd, packages, environment = process.env) {
  // Under `npm test` these say where the outer npm works; registry and proxy settings stay.
  const { npm_config_local_prefix: _prefix, npm_package_json: _manifest, ...env } = environment;
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  try {
    await run(npm, ['install', ...packages, ...options], { ...npmOptions, cwd, env });
  } catch (error) {
    const lines = String(error.stderr ?? error.message)
      .trim()
      .split('\n');
    throw new PrerequisiteError(
      `npm could not install ${packages.join(' ')} in ${cwd}: ${lines.slice(-5).join('\n')}\nCheck the connection to the package registry and try again.`,
    );
  }
}

/** @returns the path of a Chromium. @throws {PrerequisiteError} when there is none. */
export function findChromium() {
  const known = [
    process.env.CHROME,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = known.find((file) => file && fs.existsSync(file));
  if (found) return found;
  throw new PrerequisiteError(
    'No Chromium found. Install one (apt-get install -y --no-install-recommends chromium fonts-dejavu-core), or name one: CHROME=/path/to/chrome.',
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The environment without what belongs to the editor or the npm script that started us. */
function cleanEnvironment(home, extra) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'share'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
    EXTENSIONS_GALLERY: '{}',
    ...extra,
  };
}

/** Settings of VS Code itself that count from the file of the machine alone, of those that we set. */
const machineSettings = ['workbench.welcomePage.walkthroughs.openOnInstall'];

/**
 * A window in the browser is a remote one: what the manifest scopes to a machine (folders of models, servers) counts from
 * the machine's file alone, and would be passed over in silence in the user's.
 */
export function settingsFiles(settings) {
  const { contributes } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const declared = Object.assign({}, ...contributes.configuration.map(({ properties }) => properties));
  const isOfMachine = ([name]) =>
    declared[name]?.scope?.startsWith('machine') === true || machineSettings.includes(name);
  const entries = Object.entries(settings);
  return {
    user: Object.fromEntries(entries.filter((entry) => !isOfMachine(entry))),
    machine: Object.fromEntries(entries.filter(isOfMachine)),
  };
}

/**
 * Starts VS Code without the settings and extensions of the user.
 * @param options.vsix Extension that is installed before the start.
 * @param options.settings Settings that are added to the quiet ones.
 * @param options.home Folder for its files, which is kept. Default: a temporary folder, removed at the end.
 * @param options.port Default: any free one.
 * @returns `{ url, port, home, pid, logFile, openUrl(folder, payload), stop() }`
 */
export async function startServer({ vsix, settings = {}, env = {}, home, port, args = [] } = {}) {
  const { node, entry } = await ensureCodeServer();
  const folder = home ?? fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-vscode-'));
  const data = path.join(folder, 'data');
  const extensions = path.join(folder, 'extensions');
  fs.mkdirSync(extensions, { recursive: true });
  const { user, machine } = settingsFiles({ ...quietSettings, ...settings });
  for (const [name, content] of [
    ['User', user],
    ['Machine', machine],
  ]) {
    fs.mkdirSync(path.join(data, name), { recursive: true });
    fs.writeFileSync(path.join(data, name, 'settings.json'), JSON.stringify(content, null, 2));
  }
  fs.writeFileSync(path.join(folder, 'config.yaml'), 'auth: none\ncert: false\n');
  const base = [entry, '--config', path.join(folder, 'config.yaml')];
  base.push('--user-data-dir', data, '--extensions-dir', extensions);
  const environment = cleanEnvironment(folder, env);
  if (vsix) await installExtension(node, base, vsix, environment);

  const chosenPort = port ?? (await freePort());
  const logFile = path.join(folder, 'server.log');
  const log = fs.openSync(logFile, 'w');
  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${chosenPort}`, '--disable-telemetry'];
  flags.push('--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override');
  flags.push('--ignore-last-opened', ...args);
  // A group of its own, so that stopping takes its extension hosts with it.
  const child = spawn(node, [...base, ...flags], {
    env: environment,
    stdio: ['ignore', log, log],
    detached: true,
  });
  fs.closeSync(log);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = () =>
    stopGroup(child, exited).finally(() => home ?? fs.rmSync(folder, { recursive: true, force: true }));
  try {
    await untilHealthy(chosenPort, child);
  } catch (error) {
    const lines = fs.readFileSync(logFile, 'utf8').trim().split('\n').slice(-10).join('\n');
    await stop();
    throw new Error(`${error.message}\n${lines}`);
  }
  const url = `http://127.0.0.1:${chosenPort}/`;
  const openUrl = (opened, payload = []) =>
    `${url}?folder=${encodeURIComponent(opened)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  return { url, port: chosenPort, home: folder, pid: child.pid, logFile, openUrl, stop };
}

async function installExtension(node, base, vsix, env) {
  try {
    await run(node, [...base, '--install-extension', vsix, '--force'], { env, maxBuffer: 1 << 24 });
  } catch (error) {
    throw new Error(`VS Code did not install ${vsix}: ${error.stdout}${error.stderr}`);
  }
}

async function untilHealthy(port, child) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`VS Code for the browser ended with code ${child.exitCode}.`);
    const healthy = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('VS Code for the browser did not answer within a minute.');
}

async function stopGroup(child, exited) {
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group is gone.
    }
  };
  signal('SIGTERM');
  const patience = setTimeout(() => signal('SIGKILL'), 5_000);
  await exited;
  clearTimeout(patience);
  signal('SIGKILL'); // Extension hosts that outlive the server.
}

/** A headless browser on one page that reaches loopback only. `outside` collects the addresses that it was kept from. */
export async function openPage({ width = 1280, height = 800, scale = 1 } = {}) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--force-prefers-reduced-motion',
    ],
  });
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    // VS Code in the browser keeps its clipboard there.
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const outside = new Set();
  await page.route(isOutside, (route) => {
    outside.add(route.request().url());
    return route.abort();
  });
  return { page, outside, close: () => browser.close() };
}

function isOutside(url) {
  return /^(https?|wss?):$/.test(url.protocol) && !['127.0.0.1', 'localhost'].includes(url.hostname);
}
