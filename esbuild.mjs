// Bundles everything that runs into dist/.
//   node esbuild.mjs [--production] [--watch] [--quiet] [--only NAME[,NAME…]]
// NAME is a name of `bundles` below. --production minifies and checks the size limits; --quiet prints no sizes.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const { values: args } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

/** Loaded from node_modules at run time: native or WebAssembly binaries beside their JavaScript, or too large to bundle. */
const external = [
  'vscode',
  'mocha',
  'onnxruntime-node',
  'onnxruntime-web',
  'onnxruntime-common',
  '@huggingface/transformers',
  '@huggingface/tokenizers',
];

/**
 * What is built: name → entry points. `limitKB` bounds the minified bundle; `loadedLater` matches own files that it must not
 * have.
 */
const bundles = {
  // The extension host waits for this file: the parsers and the runtime, all there is of packages, belong in the child.
  // What the bundles below are for must not get into it by an import.
  extension: {
    entryPoints: { extension: 'src/extension.ts' },
    limitKB: 270,
    ownCodeOnly: true,
    loadedLater: /^src\/editor\/(?:assistant|evidenceExport|onDemand|records|review)\/|\/livePanelModel\.ts$/,
  },
  // Loaded when the side panel is opened, or by the first command of src/editor/onDemand.
  'on-demand': { entryPoints: { onDemand: 'src/onDemand.ts' }, limitKB: 250, ownCodeOnly: true },
  // Loaded by the first command of the review.
  review: { entryPoints: { review: 'src/editor/review/main.ts' }, limitKB: 360 },
  // Loaded by the first export of evidence.
  'evidence-export': {
    entryPoints: { evidenceExport: 'src/editor/evidenceExport/exportBundle.ts' },
    limitKB: 360,
  },
  // Loaded when a file of records is first opened, or mentions are first listed.
  records: { entryPoints: { records: 'src/editor/records/recordsBundle.ts' }, limitKB: 200 },
  // Loaded by the first call of an assistant.
  assistant: { entryPoints: { assistant: 'src/editor/assistant/assistantBundle.ts' }, limitKB: 230 },
  child: { entryPoints: { child: 'src/runtime/process/child.ts' } },
  importer: { entryPoints: { importer: 'src/runtime/checkpoints/importer.ts' } },
  'index-worker': {
    entryPoints: { indexWorker: 'src/runtime/index/indexWorker.ts' },
    beside: ['node_modules/node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm'],
  },
  'paper-worker': {
    entryPoints: { paperWorker: 'src/runtime/papers/paperWorker.ts' },
    plugins: [printedHyphens()],
    // PDF.js asks for its own address to find a canvas, which is not used.
    define: { 'import.meta.url': '__biobertNoUrl' },
    banner: "const __biobertNoUrl = require('node:url').pathToFileURL(__filename).href;",
  },
  'review-worker': { entryPoints: { reviewWorker: 'src/runtime/review/importWorker.ts' } },
  'screening-worker': { entryPoints: { screeningWorker: 'src/runtime/screening/screeningWorker.ts' } },
  panel: { entryPoints: { 'panel/panel': 'media/panel/main.ts' }, forBrowser: true, limitKB: 400 },
  // Loaded by the panel when its graph is first shown.
  'panel-graph': { entryPoints: { 'panel/graph': 'media/panel/graph.ts' }, forBrowser: true, limitKB: 250 },
  'panel-style': { entryPoints: { 'panel/panel': 'media/panel/panel.css' }, forBrowser: true },
  // The graph in an editor.
  graph: { entryPoints: { 'graph/graph': 'media/graph/main.ts' }, forBrowser: true, limitKB: 250 },
  'graph-style': { entryPoints: { 'graph/graph': 'media/graph/graphPage.css' }, forBrowser: true },
  screening: {
    entryPoints: { 'screening/screening': 'media/screening/main.ts' },
    forBrowser: true,
    limitKB: 360,
  },
  'screening-style': {
    entryPoints: { 'screening/screening': 'media/screening/screening.css' },
    forBrowser: true,
  },
  cli: { entryPoints: { cli: 'src/cli.ts' }, executable: true },
  // The entry of the npm package; the models run in the child.
  library: { entryPoints: { library: 'src/library.ts' } },
  accuracy: { entryPoints: { accuracy: 'test/evaluation/main.ts' } },
  bench: { entryPoints: { bench: 'test/bench/main.ts' } },
  soak: { entryPoints: { soak: 'test/soak/main.ts' } },
  'editor-tests': { entryPoints: editorSuites() },
};

/**
 * PDF.js leaves out characters that are never seen on a screen. One of them, the soft hyphen, is printed in a PDF: many
 * programs call all hyphens at line ends so, and some fonts all hyphens. Without it, `TNF-α` would be read as `TNFα`.
 */
function printedHyphens() {
  const before = String.raw`(\\p{Cf})$`;
  const after = String.raw`((?!\\u00AD)\\p{Cf})$`;
  return {
    name: 'printed-hyphens',
    setup(build) {
      build.onLoad(
        { filter: /pdfjs-dist[\\/]legacy[\\/]build[\\/]pdf\.worker\.mjs$/ },
        async ({ path: file }) => {
          const source = await fs.promises.readFile(file, 'utf8');
          if (!source.includes(before))
            throw new Error('PDF.js has changed: see printedHyphens in esbuild.mjs.');
          return { contents: source.replace(before, () => after), loader: 'js' };
        },
      );
    },
  };
}

/** Every file of test/editor/suite, so that no test is lost by being left off a list. */
function editorSuites() {
  const folder = path.join(root, 'test/editor/suite');
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith('.ts')) : [];
  return Object.fromEntries(
    files.map((file) => [`editor-tests/${file.slice(0, -3)}`, `test/editor/suite/${file}`]),
  );
}

function chosenBundles() {
  if (args.only === undefined) return Object.entries(bundles);
  return args.only.split(',').map((name) => {
    if (!(name in bundles))
      throw new Error(`No bundle ${name}. There are: ${Object.keys(bundles).join(', ')}`);
    return [name, bundles[name]];
  });
}

/**
 * Says when building starts and ends in the words that the problem matcher of .vscode/tasks.json waits for: once for
 * all bundles that one saved file sets off.
 */
function watchReport() {
  let building = 0;
  return {
    name: 'watch-report',
    setup(build) {
      build.onStart(() => {
        if (building++ === 0) console.log('[watch] build started');
      });
      build.onEnd(() => {
        if (--building === 0) console.log('[watch] build finished');
      });
    },
  };
}

function options({ entryPoints, executable, forBrowser, plugins: own = [], define, banner }, plugins) {
  return {
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    platform: forBrowser ? 'browser' : 'node',
    // The oldest VS Code that package.json promises runs on Chromium 128.
    target: forBrowser ? 'chrome128' : 'node20',
    // One script must not write over another's names.
    format: forBrowser ? 'iife' : 'cjs',
    // jsonc-parser's `main` is UMD, whose inner require calls cannot be bundled.
    mainFields: ['module', 'main'],
    external: forBrowser ? [] : external,
    loader: { '.ttf': 'file' },
    // The pages share the font of their icons.
    assetNames: 'panel/[name]',
    minify: args.production,
    // Node reads UTF-8; escapes would only make the bundle larger.
    charset: forBrowser ? 'ascii' : 'utf8',
    sourcemap: args.production ? false : 'linked',
    sourcesContent: false,
    legalComments: 'none', // dist/meta/*.json names what is bundled; scripts/notices.mjs writes their licences out.
    metafile: true,
    logLevel: 'warning',
    banner: executable ? { js: '#!/usr/bin/env node' } : banner ? { js: banner } : {},
    ...(define ? { define } : {}),
    plugins: [...plugins, ...own],
  };
}

/** @returns the built files with their sizes, after writing dist/meta/NAME.json, and whether each is within its limit. */
function report(name, bundle, metafile) {
  fs.mkdirSync(path.join(root, 'dist/meta'), { recursive: true });
  fs.writeFileSync(path.join(root, `dist/meta/${name}.json`), JSON.stringify(metafile));
  for (const file of bundle.beside ?? []) {
    fs.copyFileSync(path.join(root, file), path.join(root, 'dist', path.basename(file)));
  }
  const outputs = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('.js'));
  for (const [file] of outputs) if (bundle.executable) fs.chmodSync(path.join(root, file), 0o755);
  const kilobytes = outputs.reduce((sum, [, output]) => sum + output.bytes, 0) / 1000;
  const foreign = Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/'));
  if (bundle.ownCodeOnly && foreign.length > 0) throw new Error(`${name} must not bundle ${foreign[0]}`);
  const early = Object.keys(metafile.inputs).filter((file) => bundle.loadedLater?.test(file));
  if (early.length > 0) throw new Error(`${name} must not bundle ${early[0]}, which is loaded later.`);
  const limited = args.production && bundle.limitKB !== undefined;
  if (!args.quiet) {
    const size = `${kilobytes.toFixed(1).padStart(9)} kB${limited ? ` of ${bundle.limitKB}` : ''}`;
    console.log(`${name.padEnd(14)} ${size}`);
  }
  return !limited || kilobytes <= bundle.limitKB;
}

async function main() {
  let fits = true;
  const watching = watchReport();
  for (const [name, bundle] of chosenBundles()) {
    const missing = Object.values(bundle.entryPoints).filter((file) => !fs.existsSync(path.join(root, file)));
    if (missing.length > 0 || Object.keys(bundle.entryPoints).length === 0) {
      console.log(`${name.padEnd(14)} left out: no ${missing.join(', ') || 'sources'}`);
    } else if (args.watch) {
      await (await esbuild.context(options(bundle, [watching]))).watch();
    } else {
      const { metafile } = await esbuild.build(options(bundle, []));
      fits = report(name, bundle, metafile) && fits;
    }
  }
  if (!fits) throw new Error('A bundle is over its limit: see dist/meta/*.json for what is in it.');
}

main().catch((error) => {
  // esbuild has printed its own diagnostics.
  if (!Array.isArray(error.errors)) console.error(error.message);
  process.exitCode = 1;
});
