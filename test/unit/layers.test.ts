import { describe, expect, it } from 'vitest';
import { folderCycle, layerViolations } from './layers';
import { sourcesIn } from './sources';

describe('src/ and the pages in media/', () => {
  it('have no import cycles of files or folders, and no forbidden imports', () => {
    const sources = sourcesIn('src', 'media/graph', 'media/panel', 'media/screening');
    expect(sources.size).toBeGreaterThan(400);
    const violations = layerViolations(sources);
    const cycles = violations.filter((violation) => violation.startsWith(folderCycle));
    // eslint-disable-next-line no-console -- `npm run check` prints it.
    console.log(`folder cycles: ${cycles.length}`);
    expect(violations).toEqual([]);
  });
});

describe('a layer', () => {
  const modules = [...sourcesIn('src').keys()];

  it.each(['core', 'convert', 'protocol', 'runtime', 'editor', 'cli', 'library'])(
    'src/%s has no two modules with the same name',
    (layer) => {
      const names = modules
        .filter((file) => file.startsWith(`src/${layer}/`))
        .map((file) => file.slice(file.lastIndexOf('/') + 1));
      expect(names.length).toBeGreaterThan(4);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    },
  );
});

describe('the checker of the layers', () => {
  const sound: Record<string, string> = {
    'src/core/types.ts': 'export interface Span { start: number }',
    'src/core/entities/labels.ts': `import type { Span } from '../types'; export const f = (s: Span) => s.start;`,
    'src/convert/b.ts': 'export {};',
    'src/protocol/rpc.ts': `import { f } from '../core/entities/labels'; export { f };`,
    'src/runtime/onnx/session.ts': `import 'onnxruntime-node'; import * as fs from 'node:fs'; export { fs };`,
    'src/editor/hover.ts': `import * as vscode from 'vscode'; import '../runtime/onnx/session'; export { vscode };`,
    'src/editor/panel/view.ts': 'export {};',
    'src/extension.ts': `import './editor/hover'; import './editor/panel/view'; import './core/types';`,
    'src/cli.ts': `import './runtime/onnx/session'; import './cli/tag';`,
    'src/cli/tag.ts': 'export const now = Date.now();',
    'src/library.ts': `import './library/files'; import './runtime/onnx/session';`,
    'src/library/files.ts': `import * as fs from 'node:fs'; export { fs };`,
  };

  it('accepts sound sources', () => {
    expect(layerViolations(new Map(Object.entries(sound)))).toEqual([]);
  });

  it('does not mistake members, keys and local names for globals', () => {
    const text =
      'export const f = (process: { Date: number }) => ({ Date: process.Date, now: process.Date });';
    expect(layerViolations(new Map([['src/core/a.ts', text]]))).toEqual([]);
  });

  it.each([
    [
      'an upward edge',
      'src/core/a.ts',
      `import '../protocol/rpc';`,
      'core must not import src/protocol/rpc.ts',
    ],
    [
      'an upward type',
      'src/core/a.ts',
      `import type { X } from '../editor/hover';`,
      'must not import src/editor',
    ],
    [
      'an upward import type',
      'src/protocol/a.ts',
      `let x: import('../runtime/onnx/session').X;`,
      'must not import',
    ],
    ['an upward re-export', 'src/protocol/a.ts', `export * from '../editor/hover';`, 'must not import'],
    ['an upward dynamic import', 'src/runtime/a.ts', `await import('../editor/hover');`, 'must not import'],
    [
      'the command line in the editor',
      'src/editor/a.ts',
      `import '../cli/tag';`,
      'must not import src/cli/tag.ts',
    ],
    [
      'the editor at the command line',
      'src/cli/a.ts',
      `import '../editor/hover';`,
      'must not import src/editor',
    ],
    [
      'the command line in the library',
      'src/library/a.ts',
      `import '../cli/tag';`,
      'library must not import src/cli/tag.ts',
    ],
    ['vscode in the runtime', 'src/runtime/a.ts', `import * as v from 'vscode';`, 'vscode outside editor/'],
    [
      'the type of vscode in core',
      'src/core/a.ts',
      `import type { Uri } from 'vscode';`,
      'vscode outside editor/',
    ],
    ['onnxruntime in the engine', 'src/runtime/a.ts', `import 'onnxruntime-web';`, 'onnxruntime outside'],
    ['a required onnxruntime', 'src/runtime/a.ts', `require('onnxruntime-node');`, 'onnxruntime outside'],
    ['Node in core', 'src/core/a.ts', `import * as fs from 'node:fs';`, 'Node in core/'],
    ['Node without its prefix', 'src/protocol/a.ts', `import * as fs from 'fs';`, 'Node in protocol/'],
    ['the clock in core', 'src/core/a.ts', 'export const t = () => Date.now();', 'Date in core/'],
    ['a new date in core', 'src/core/a.ts', 'export const t = () => new Date();', 'Date in core/'],
    ['chance in core', 'src/core/a.ts', 'export const r = () => Math.random();', 'Math.random in core/'],
    [
      'a timer in protocol',
      'src/protocol/a.ts',
      'setTimeout(() => undefined, 1);',
      'setTimeout in protocol/',
    ],
    [
      'the converter in the editor',
      'src/editor/a.ts',
      `import '../convert/b';`,
      'editor must not import src/convert/b.ts',
    ],
    ['the editor in the webview', 'media/panel/a.ts', `import '../../src/editor/hover';`, 'must not import'],
    [
      'the panel in another room of the editor',
      'src/editor/commands/a.ts',
      `import type { X } from '../panel/view';`,
      'src/editor/panel/view.ts outside editor/panel/',
    ],
    ['a barrel in core', 'src/core/index.ts', `export * from './types';`, 'barrel in core/'],
    ['an import out of src', 'src/core/a.ts', `import '../x';`, 'is no file of src/'],
    ['a folder that is no layer', 'src/util/a.ts', 'export {};', 'in none of the layers'],
    ['an import of itself', 'src/core/a.ts', `import './a';`, 'cycle: src/core/a.ts → src/core/a.ts'],
  ])('reports %s', (_name, file, text, message) => {
    const violations = layerViolations(new Map(Object.entries({ ...sound, [file]: text })));
    expect(violations).toEqual([expect.stringContaining(message)]);
  });

  it('reports a cycle of folders where no file imports itself', () => {
    const sources = {
      ...sound,
      'src/core/text/a.ts': `import '../tokens/b';`,
      'src/core/text/c.ts': 'export {};',
      'src/core/tokens/b.ts': 'export {};',
      'src/core/tokens/d.ts': `import '../text/c';`,
    };
    expect(layerViolations(new Map(Object.entries(sources)))).toEqual([
      'cycle of folders: src/core/text → src/core/tokens → src/core/text',
    ]);
  });

  it('reports a cycle once, with its files', () => {
    const sources = {
      ...sound,
      'src/core/a.ts': `import './b';`,
      'src/core/b.ts': `import './c'; import './types';`,
      'src/core/c.ts': `import './b';`,
    };
    expect(layerViolations(new Map(Object.entries(sources)))).toEqual([
      'cycle: src/core/b.ts → src/core/c.ts → src/core/b.ts',
    ]);
  });
});
