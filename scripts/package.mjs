// Packs a VSIX for each platform into dist/vsix/: `npm run package [-- --target linux-x64,universal]`, and writes its
// bill of materials (CycloneDX) beside it. The clients of both marketplaces publish each VSIX to a server on this machine.
// A VSIX carries the native runtime of its platform alone, and the WebAssembly one that takes over where the native
// one does not load; the universal VSIX carries WebAssembly alone. Files come from a staged copy, so that packing one
// platform leaves the working tree as it is.
import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { listFiles } from '@vscode/vsce';
import { thirdPartyNotices } from './notices.mjs';
import { checkPublishing } from './publishCheck.mjs';
import { billOfMaterials } from './sbom.mjs';
import { hostBundles, panelBundles } from './shippedPackages.mjs';
import { PrerequisiteError, root } from './vscode.mjs';

/** Size limit of each VSIX in megabytes: the measured size of runtimes and models, and a small reserve. */
const limitsMB = {
  'linux-x64': 135,
  'linux-arm64': 141,
  'win32-x64': 159,
  'win32-arm64': 160,
  'darwin-arm64': 144,
  universal: 130,
};

export const targets = Object.keys(limitsMB);

/** The platform that this Node runs on, or the universal package if that platform has no package. */
export function ownTarget() {
  const own = `${process.platform}-${process.arch}`;
  return targets.includes(own) ? own : 'universal';
}

/** Named in .vscodeignore too: what is staged is what may be packed. */
const staticFiles = ['package.nls.json', 'CHANGELOG.md', 'LICENSE', '.vscodeignore'];
const models = ['models/tagger', 'models/relations', 'models/questions', 'models/terminology'];
const staticPages = ['dist/panel', 'dist/graph', 'dist/screening'];
/**
 * The page of the extension in VS Code. VS Code 1.139 shows pictures there only from the network, neither from within the
 * package nor from `data:` addresses, and no colours: the page has none.
 */
const readme = 'docs/extension.md';
const staticFolders = [
  'media/icons',
  'media/walkthrough',
  'media/schemas',
  'media/grammars',
  'samples',
  'docs/guide',
  'l10n',
  ...staticPages,
  ...models,
];
const bundledFiles = [
  'extension.js',
  'assistant.js',
  'cli.js',
  'onDemand.js',
  'review.js',
  'evidenceExport.js',
  'records.js',
  'child.js',
  'importer.js',
  'indexWorker.js',
  'paperWorker.js',
  'reviewWorker.js',
  'screeningWorker.js',
  'node-sqlite3-wasm.wasm',
];

const unwanted = [
  /cuda|tensorrt/i,
  /\.(map|ts|tsx|py|env)$/,
  /(^|\/)\.(env|git|npmrc)/,
  /(^|\/)(src|test|tests|training|\.cache|\.vscode)\//,
  /(^|\/)HISTORY\.md$/,
];

const wasmFiles = ['ort.node.min.js', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

function copy(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.cpSync(from, to, { recursive: true });
}

/** Every file below `folder` whose path, with forward slashes, passes `accept`; relative to it. */
function filesIn(folder, accept = () => true) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => accept(file.split(path.sep).join('/')));
}

/** Which files of which runtime package belong into the VSIX of a target. */
function runtimeFiles(target) {
  const binary = `bin/napi-v6/${target.replace('-', '/')}/`;
  // macOS has its library twice, the same bytes; the binding asks for libonnxruntime.1.dylib.
  const twice = (file) => /libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(file);
  const native = (file) => (file.startsWith(binary) && !twice(file)) || /^dist\/.*\.js$/.test(file);
  // Without dist/cjs/package.json, Node would read the common part as ES modules and fail.
  const common = (file) => /^dist\/cjs\/(.*\.js|package\.json)$/.test(file);
  const wasm = (file) => wasmFiles.includes(file.replace(/^dist\//, ''));
  const always = { 'onnxruntime-common': common, 'onnxruntime-web': wasm };
  return target === 'universal' ? always : { ...always, 'onnxruntime-node': native };
}

function stageRuntime(target, stage) {
  for (const [name, belongs] of Object.entries(runtimeFiles(target))) {
    const from = path.join(root, 'node_modules', name);
    const files = filesIn(from, (file) => file === 'package.json' || belongs(file));
    for (const file of files) copy(path.join(from, file), path.join(stage, 'dist/node_modules', name, file));
    if (files.length < 3) throw new Error(`${name} has no files for ${target}: run npm ci again.`);
  }
}

/** Development has no place in the packed manifest; the runtimes are beside the bundles. */
export function stageManifest(stage, target) {
  const file = path.join(stage, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const left = ['scripts', 'devDependencies', 'dependencies', 'prettier', 'bin', 'private'];
  left.push('optionalDependencies', 'overrides');
  // Those of the npm package; vsce refuses `files` beside .vscodeignore.
  left.push('files', 'exports', 'types');
  const kept = Object.entries(manifest).filter(([key]) => !left.includes(key));
  fs.writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  return `${manifest.name}-${manifest.version}-${target}.vsix`;
}

function stageFiles(stage, target) {
  const translations = fs.readdirSync(root).filter((file) => /^package\.nls\.[\w-]+\.json$/.test(file));
  for (const file of [...staticFiles, ...translations]) {
    copy(path.join(root, file), path.join(stage, file));
  }
  for (const folder of staticFolders) {
    if (fs.existsSync(path.join(root, folder))) copy(path.join(root, folder), path.join(stage, folder));
  }
  for (const file of bundledFiles) copy(path.join(root, 'dist', file), path.join(stage, 'dist', file));
  for (const page of ['models/README.md', 'models/others.md', 'docs/review.md']) {
    copy(path.join(root, page), path.join(stage, page));
  }
  copy(path.join(root, readme), path.join(stage, 'README.md'));
  fs.writeFileSync(path.join(stage, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices());
  stageRuntime(target, stage);
}

/** The graphs of the shipped models, as their manifests name them. */
function shippedGraphs() {
  return models.flatMap((folder) => {
    const manifest = path.join(root, folder, 'biobert.json');
    const { files } = fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, 'utf8')) : { files: {} };
    return Object.keys(files).flatMap((name) => (name.endsWith('.onnx') ? `${folder}/${name}` : []));
  });
}

/** @throws when a file is packed that should not be, or one is missing without which the extension is dead. */
function checkFiles(files, target) {
  const wrong = files.filter((file) => unwanted.some((pattern) => pattern.test(file)));
  const foreign = files.filter(
    (file) => file.includes('/napi-v6/') && !file.includes(target.replace('-', '/')),
  );
  const needed = [
    'dist/extension.js',
    'dist/assistant.js',
    'dist/cli.js',
    'dist/onDemand.js',
    'dist/review.js',
    'dist/child.js',
    'dist/importer.js',
    'dist/indexWorker.js',
    'dist/evidenceExport.js',
    'dist/records.js',
    'dist/reviewWorker.js',
    'media/schemas/review.schema.json',
    'media/grammars/medline.tmLanguage.json',
    'media/walkthrough/open.svg',
    'samples/abstract.txt',
    'samples/.biobert/review.json',
    'docs/guide/README.md',
    'docs/review.md',
    'dist/screeningWorker.js',
    'dist/node-sqlite3-wasm.wasm',
    'dist/panel/panel.js',
    'dist/panel/graph.js',
    'dist/graph/graph.js',
    'dist/graph/graph.css',
    'dist/panel/panel.css',
    'dist/panel/codicon.ttf',
    'dist/screening/screening.js',
    'dist/screening/screening.css',
    'models/tagger/config.json',
    ...shippedGraphs(),
  ];
  needed.push('dist/node_modules/onnxruntime-common/dist/cjs/package.json');
  needed.push('dist/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm');
  const missing = needed.filter((file) => !files.includes(file));
  if (target !== 'universal' && !files.some((file) => file.endsWith('onnxruntime_binding.node'))) {
    missing.push('onnxruntime_binding.node');
  }
  if (wrong.length + foreign.length + missing.length > 0) {
    throw new Error(
      `${target}: unwanted [${[...wrong, ...foreign].join(', ')}], missing [${missing.join(', ')}]`,
    );
  }
}

/** @throws {PrerequisiteError} when the model is not in the working tree. */
function checkModel() {
  if (fs.existsSync(path.join(root, 'models/tagger/model.onnx'))) return;
  throw new PrerequisiteError('models/tagger/model.onnx is missing: check out the whole repository.');
}

async function runVsce(stage, packagePath, target) {
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  if (target !== 'universal') options.push('--target', target);
  try {
    await promisify(execFile)(process.execPath, [vsce, 'package', '--out', packagePath, ...options], {
      cwd: stage,
      maxBuffer: 1 << 24,
    });
  } catch (error) {
    throw new Error(`vsce did not pack ${target}:\n${String(error.stdout)}${String(error.stderr)}`);
  }
}

async function packTarget(target, quiet) {
  if (!targets.includes(target)) {
    throw new PrerequisiteError(`There is no target ${target}. Targets: ${targets.join(', ')}`);
  }
  const output = path.join(root, 'dist/vsix');
  fs.mkdirSync(output, { recursive: true });
  // Folders of its own, and a rename at the end: two runs at once do not meet.
  const work = fs.mkdtempSync(path.join(root, 'dist/stage-'));
  const stage = path.join(work, 'extension');
  let files;
  let packagePath;
  try {
    stageFiles(stage, target);
    const name = stageManifest(stage, target);
    files = await listFiles({ cwd: stage, dependencies: false });
    checkFiles(files, target);
    await runVsce(stage, path.join(work, name), target);
    packagePath = path.join(output, name);
    fs.renameSync(path.join(work, name), packagePath);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  const megabytes = fs.statSync(packagePath).size / 1e6;
  if (!quiet) {
    const size = `${megabytes.toFixed(1).padStart(6)} MB of at most ${limitsMB[target]}`;
    const count = `${String(files.length).padStart(3)} files`;
    console.log(`${target.padEnd(13)} ${size}  ${count}  ${path.relative(root, packagePath)}`);
  }
  if (megabytes > limitsMB[target]) throw new Error(`${target} is over its limit.`);
  return packagePath;
}

/** @throws when the build fails, after esbuild has printed why. */
async function build(quiet) {
  const only = [...hostBundles, ...panelBundles].join(',');
  const args = ['esbuild.mjs', '--production', ...(quiet ? ['--quiet'] : []), '--only', only];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error('The extension could not be built.');
}

/**
 * Builds and packs one target.
 *
 * @param options.quiet Prints no sizes, which only developers need. Default: false.
 * @returns the path of the VSIX.
 */
export async function packageVsix({ target = ownTarget(), isBuilt = false, quiet = false } = {}) {
  checkModel();
  if (!isBuilt) await build(quiet);
  return await packTarget(target, quiet);
}

async function main() {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  const chosen = values.target?.split(',') ?? targets;
  let bom;
  for (const [index, target] of chosen.entries()) {
    const packagePath = await packageVsix({ target, isBuilt: index > 0 });
    bom ??= JSON.stringify(billOfMaterials(models), null, 2);
    fs.writeFileSync(packagePath.replace(/\.vsix$/, '.cdx.json'), `${bom}\n`);
    await checkPublishing(packagePath, target);
    console.log(`${target.padEnd(13)} vsce and ovsx publish it`);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.join(root, 'scripts/package.mjs')) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
