import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './engines';

const run = promisify(execFile);

/** A folder in which the package is installed, as `npm install` would from its tarball. */
let user: string;
let files: readonly string[];

/** Packs the repository and unpacks the tarball. The runtimes, which npm would install beside it, are links. */
async function install(): Promise<void> {
  const modules = path.join(user, 'node_modules');
  fs.mkdirSync(path.join(modules, 'biobert'), { recursive: true });
  await run(process.execPath, ['scripts/library.mjs'], { cwd: root });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // The bundles are built already, so no script is run.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', user];
  const { stdout } = await run(npm, args, { cwd: root, maxBuffer: 1 << 24 });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map((file) => file.path);
  await run('tar', ['-xzf', packed.filename, '-C', 'node_modules/biobert', '--strip-components=1'], {
    cwd: user,
  });
  for (const name of ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common']) {
    fs.symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name), 'junction');
  }
  fs.mkdirSync(path.join(user, 'papers'));
  fs.copyFileSync(path.join(root, 'samples/abstract.txt'), path.join(user, 'papers/abstract.txt'));
}

beforeAll(async () => {
  user = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-package-'));
  await install();
}, 300_000);
afterAll(() => fs.rmSync(user, { recursive: true, force: true }));

/** Runs a program of a user in that folder. @returns what it prints. */
async function program(name: string, code: string): Promise<string> {
  fs.writeFileSync(path.join(user, name), code);
  const { stdout, stderr } = await run(process.execPath, [name], { cwd: user });
  expect(stderr).toBe('');
  return stdout;
}

/** Checks programs with the strictest types and Node's own module resolution. @returns the errors. */
async function compile(programs: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, code] of Object.entries(programs)) fs.writeFileSync(path.join(user, name), code);
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
  return run(process.execPath, [tsc, ...options, ...Object.keys(programs)], { cwd: user }).then(
    () => '',
    (error: unknown) => (error as { stdout: string }).stdout,
  );
}

/** The code blocks of a page in a language. */
function blocks(page: string, language: string): readonly string[] {
  const text = fs.readFileSync(path.join(root, page), 'utf8');
  const found = text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gmu'));
  return Array.from(found, ([, code = '']) => code);
}

describe('the npm package', () => {
  it('has what the library and the command need, and nothing else', () => {
    const kinds =
      /^(?:dist\/(?:library|cli|child|\w+Worker)\.js|dist\/types\/.+\.d\.ts|docs\/(?:assistants|cluster|library)\.md)$/u;
    const named = [
      'LICENSE',
      'README.md',
      'package.json',
      'dist/THIRD_PARTY_NOTICES.txt',
      'dist/indexWorker.js',
      'dist/screeningWorker.js',
      'dist/node-sqlite3-wasm.wasm',
      'models/tagger/model.onnx',
      'models/relations/model.onnx',
      'models/questions/model.onnx',
      'models/questions/stance/model.onnx',
      'models/terminology/terms.bin',
    ];
    expect(files).toEqual(expect.arrayContaining(named));
    const model = /^models\/(?:README\.md|others\.md|\w+\/(?:README\.md|vocab\.txt|[\w.]+\.json))$/u;
    expect(files.filter((file) => !named.includes(file) && !kinds.test(file) && !model.test(file))).toEqual(
      [],
    );
    const notices = fs.readFileSync(
      path.join(user, 'node_modules/biobert/dist/THIRD_PARTY_NOTICES.txt'),
      'utf8',
    );
    for (const carried of ['commander', 'pdfjs-dist', 'micromark'])
      expect(notices).toContain(`\n${carried} `);
  });

  it('runs the ten lines of the README, with import and with require', async () => {
    const [code = '', ...others] = blocks('README.md', 'js');
    expect(others).toEqual([]);
    expect(
      code
        .trimEnd()
        .split('\n')
        .filter((line) => line !== ''),
    ).toHaveLength(9);
    const printed = await program('readme.mjs', code);
    expect(printed).toContain('papers/abstract.txt 0 Metformin Chemical MESH:D008687\n');
    const body = code.replace(
      "import { openEngine } from 'biobert';",
      "const { openEngine } = require('biobert');",
    );
    expect(body).not.toBe(code);
    expect(await program('readme.cjs', `(async () => {\n${body}\n})();\n`)).toBe(printed);
  });

  it('runs every example of docs/library.md', async () => {
    const examples = blocks('docs/library.md', 'js');
    expect(examples).toHaveLength(3);
    const [first, second, third] = examples;
    expect(first).toBe(blocks('README.md', 'js')[0]);
    const calls = await program('calls.mjs', second ?? '');
    expect(calls).toMatch(/^Gefitinib inhibitor EGFR$/mu);
    expect(calls).toMatch(/^yes 0\.\d+$/mu);
    expect(await program('errors.mjs', third ?? '')).toMatch(/^papers\/abstract\.txt \d+ read$/mu);
  });

  it('has types that fit its examples, and that refuse wrong calls', async () => {
    const examples = [...blocks('README.md', 'js'), ...blocks('docs/library.md', 'js')].map(
      // Parameters of a function that stands alone have no types in JavaScript.
      (code, index) =>
        [`a${index}.mts`, code.replace('(error, path)', '(error: Error, path: string)')] as const,
    );
    const using = "import { openEngine } from 'biobert';\nawait using engine = openEngine();\nvoid engine;\n";
    const common = "import biobert = require('biobert');\nvoid biobert.openEngine().close();\n";
    const right = { ...Object.fromEntries(examples), 'using.mts': using, 'common.cts': common };
    expect(await compile(right)).toBe('');
    const wrong = {
      'inside.mts': "import type { Entity } from 'biobert/dist/types/core/types';\nexport type { Entity };\n",
      'option.mts': "import { openEngine } from 'biobert';\nopenEngine({ thread: 1 });\n",
      'text.mts': "import { openEngine } from 'biobert';\nvoid openEngine().tag(1);\n",
    };
    const errors = await compile(wrong);
    expect(Array.from(errors.matchAll(/^\w+\.mts/gmu), ([file]) => file)).toEqual(Object.keys(wrong));
  });

  it('has the command', async () => {
    const { bin } = JSON.parse(
      fs.readFileSync(path.join(user, 'node_modules/biobert/package.json'), 'utf8'),
    ) as {
      bin: { biobert: string };
    };
    const command = path.join(user, 'node_modules/biobert', bin.biobert);
    const { stdout } = await run(
      process.execPath,
      [command, 'tag', '--format', 'tsv', 'papers/abstract.txt'],
      {
        cwd: user,
      },
    );
    expect(stdout).toContain('MESH:D008687');
  });
});
