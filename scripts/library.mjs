// Writes what the npm package has beside its bundles: `node scripts/library.mjs`, after esbuild. dist/types/ has the
// declarations of src/library.ts and of the modules whose types it exports; dist/THIRD_PARTY_NOTICES.txt the licences.
import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';
import { thirdPartyNotices } from './notices.mjs';
import { npmBundles } from './shippedPackages.mjs';
import { root } from './vscode.mjs';

const output = path.join(root, 'dist/types');

function createProgram(entry) {
  const file = path.join(root, 'tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const emitting = { noEmit: false, declaration: true, emitDeclarationOnly: true, removeComments: false };
  return ts.createProgram([entry], {
    ...options,
    ...emitting,
    rootDir: path.join(root, 'src'),
    outDir: output,
  });
}

/** @returns the text of the declarations of a source file. @throws where its types cannot be written down. */
function declarationOf(program, file) {
  let text;
  const { diagnostics } = program.emit(
    program.getSourceFile(file),
    (_name, emitted) => {
      text = emitted;
    },
    undefined,
    true,
  );
  if (diagnostics.length > 0 || text === undefined) {
    throw new Error(ts.formatDiagnostics(diagnostics, { ...ts.sys, getCanonicalFileName: (name) => name }));
  }
  return text;
}

/** Writes the declarations of the entry and of every file that they import, and of no other. */
function writeDeclarations() {
  fs.rmSync(output, { recursive: true, force: true });
  const entry = path.join(root, 'src/library.ts');
  const program = createProgram(entry);
  const wanted = [entry];
  for (const file of wanted) {
    const text = declarationOf(program, file);
    const target = path.join(output, path.relative(path.join(root, 'src'), file).replace(/\.ts$/, '.d.ts'));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (!fileName.startsWith('.'))
        throw new Error(`The declarations of the library must not import ${fileName}.`);
      const imported = path.join(path.dirname(file), `${fileName}.ts`);
      if (!wanted.includes(imported)) wanted.push(imported);
    }
  }
}

writeDeclarations();
fs.writeFileSync(
  path.join(root, 'dist/THIRD_PARTY_NOTICES.txt'),
  thirdPartyNotices(npmBundles, 'This package'),
);
