import { builtinModules } from 'node:module';
import * as path from 'node:path';
import ts from 'typescript';

/** Source text by path, `src/core/types.ts` and so on, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

type Layer =
  'core' | 'convert' | 'protocol' | 'runtime' | 'editor' | 'extension' | 'cli' | 'library' | 'webview';

/** Which layers a layer may import: those below it and itself. */
const mayImport: Readonly<Record<Layer, readonly Layer[]>> = {
  core: ['core'],
  convert: ['core', 'convert'],
  protocol: ['core', 'protocol'],
  runtime: ['core', 'convert', 'protocol', 'runtime'],
  editor: ['core', 'protocol', 'runtime', 'editor'],
  extension: ['core', 'protocol', 'runtime', 'editor', 'extension'],
  cli: ['core', 'convert', 'protocol', 'runtime', 'cli'],
  library: ['core', 'protocol', 'runtime', 'library'],
  webview: ['core', 'protocol', 'webview'],
};

const pureLayers: readonly (Layer | undefined)[] = ['core', 'convert', 'protocol'];

/** Globals that know the time, chance, the process or the network. */
const impureGlobals = new Set(
  'Buffer Date clearInterval clearTimeout console crypto fetch performance process require setImmediate setInterval setTimeout'.split(
    ' ',
  ),
);

/** @returns undefined for a file in none of the layers. */
function layerOf(file: string): Layer | undefined {
  if (file === 'src/extension.ts' || file === 'src/onDemand.ts') return 'extension';
  if (file === 'src/cli.ts') return 'cli';
  if (file === 'src/library.ts') return 'library';
  if (/^media\/(?:graph|panel|screening)\//.test(file)) return 'webview';
  const folder = /^src\/(core|convert|protocol|runtime|editor|cli|library)\//.exec(file)?.[1];
  return folder as Layer | undefined;
}

/**
 * The room of a file: the first folder inside its layer. A file that lies in the layer itself is a room of its own, so
 * that `editor/settings.ts` may be imported from every room of the editor.
 */
function roomOf(file: string): string {
  const parts = file.split('/');
  return parts.length > 3 ? parts.slice(0, 3).join('/') : file;
}

function isNodeModule(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/** Every module that a file names: imports, re-exports, `import()`, `require()` and `import('…')` types. */
function specifiersOf(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = moduleNamedBy(node);
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function moduleNamedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require') ||
    (ts.isPropertyAccessExpression(expression) && expression.getText() === 'require.resolve');
  return loads ? node.arguments[0] : undefined;
}

/** The file that a relative specifier means, or undefined when there is none. */
function resolve(importer: string, specifier: string, sources: Sources): string | undefined {
  const base = path.posix.join(path.posix.dirname(importer), specifier);
  return [base, `${base}.ts`, `${base}/index.ts`].find((file) => sources.has(file));
}

/** True where a name is used as a global: not a member, a key or a name that the file declares itself. */
function isGlobalUse(node: ts.Identifier, declared: ReadonlySet<string>): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isQualifiedName(parent) && parent.right === node) return false;
  if ('name' in parent && parent.name === node) return false;
  return !declared.has(node.text);
}

function declaredNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node);
    if (declares && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** Lists the uses of the clock, of randomness or of the process in a file that must be pure. */
function impureUses(file: ts.SourceFile): string[] {
  const declared = declaredNames(file);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') found.add('Math.random');
    if (ts.isIdentifier(node) && impureGlobals.has(node.text) && isGlobalUse(node, declared)) {
      found.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found];
}

/** A file that only passes on what others export hides who depends on whom. */
function isBarrel(file: ts.SourceFile): boolean {
  return (
    file.statements.length > 0 &&
    file.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier)
  );
}

const panelFolder = 'src/editor/panel/';

/** The panel shows what the rest of the editor knows: only `activate` may know the panel. */
function panelViolation(importer: string, target: string): string | undefined {
  const isInside = importer.startsWith(panelFolder) || layerOf(importer) === 'extension';
  return target.startsWith(panelFolder) && !isInside ? `${target} outside editor/panel/` : undefined;
}

/** Packages that may be named in some places only. */
function packageViolation(file: string, specifier: string): string | undefined {
  const layer = layerOf(file);
  if (specifier === 'vscode' && layer !== 'editor' && layer !== 'extension') return 'vscode outside editor/';
  if (/^onnxruntime/.test(specifier) && file !== 'src/runtime/onnx/session.ts') {
    return 'onnxruntime outside runtime/onnx/session.ts';
  }
  if (isNodeModule(specifier) && pureLayers.includes(layer)) return `Node in ${String(layer)}/`;
  return undefined;
}

function cycles(edges: ReadonlyMap<string, readonly string[]>, kind: string): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(node);
    if (seenAt >= 0) {
      found.push(`${kind}: ${[...trail.slice(seenAt), node].join(' → ')}`);
      return;
    }
    if (done.has(node)) return;
    for (const next of edges.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of edges.keys()) walk(node, []);
  return found;
}

/** Prefix of the messages about cycles between folders. */
export const folderCycle = 'cycle of folders';

/** Imports between rooms; imports inside a room are left out. */
function roomEdges(edges: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const rooms = new Map<string, Set<string>>();
  for (const [file, targets] of edges) {
    const room = roomOf(file);
    const others = rooms.get(room) ?? new Set();
    for (const target of targets) if (roomOf(target) !== room) others.add(roomOf(target));
    rooms.set(room, others);
  }
  return new Map(Array.from(rooms, ([room, others]) => [room, [...others]]));
}

function checkFile(
  name: string,
  file: ts.SourceFile,
  sources: Sources,
): { targets: string[]; problems: string[] } {
  const targets: string[] = [];
  const problems: string[] = [];
  const layer = layerOf(name);
  if (!layer) problems.push('in none of the layers');
  for (const specifier of specifiersOf(file)) {
    const packageProblem = packageViolation(name, specifier);
    if (packageProblem) problems.push(packageProblem);
    if (!specifier.startsWith('.')) continue;
    const target = resolve(name, specifier, sources);
    if (!target) {
      problems.push(`${specifier} is no file of src/`);
      continue;
    }
    targets.push(target);
    const fromPanel = panelViolation(name, target);
    if (fromPanel) problems.push(fromPanel);
    const targetLayer = layerOf(target);
    if (layer && targetLayer && !mayImport[layer].includes(targetLayer)) {
      problems.push(`${layer} must not import ${target}`);
    }
  }
  if (pureLayers.includes(layer))
    problems.push(...impureUses(file).map((use) => `${use} in ${String(layer)}/`));
  if (layer === 'core' && isBarrel(file)) problems.push('barrel in core/');
  return { targets, problems };
}

/** @returns each broken rule of the house, in words, with the file; empty when the imports are as they should be. */
export function layerViolations(sources: Sources): string[] {
  const edges = new Map<string, readonly string[]>();
  const violations: string[] = [];
  for (const [name, text] of sources) {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const { targets, problems } = checkFile(name, file, sources);
    edges.set(name, targets);
    violations.push(...problems.map((problem) => `${name}: ${problem}`));
  }
  const fileCycles = cycles(edges, 'cycle');
  // A cycle of files is one of their rooms as well; it is reported once.
  const roomCycles = fileCycles.length > 0 ? [] : cycles(roomEdges(edges), folderCycle);
  return [...violations, ...fileCycles, ...roomCycles];
}
