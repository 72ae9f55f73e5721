/** The grammars of files of records, with the library by which VS Code reads grammars. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { beforeAll, describe, expect, it } from 'vitest';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import { root } from './sources';

interface Contributed {
  readonly language: string;
  readonly scopeName: string;
  readonly path: string;
}

const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly grammars: readonly Contributed[];
    readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
};
const { grammars, configurationDefaults } = manifest.contributes;

const registry = new Registry({
  onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
  loadGrammar: (scope) => {
    const file = path.join(root, grammars.find(({ scopeName }) => scopeName === scope)?.path ?? '');
    return Promise.resolve(parseRawGrammar(fs.readFileSync(file, 'utf8'), file));
  },
});

/** The parts of a text that have a scope, with the first word of the scope: `keyword`, `markup`, `constant`. */
function partsOf(grammar: IGrammar, lines: readonly string[]): string[] {
  let state = INITIAL;
  return lines.flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes }) => {
      const [, first] = scopes;
      const text = line.slice(startIndex, endIndex).trim();
      return first === undefined || text === '' ? [] : [`${first.split('.', 1)[0] ?? ''}: ${text}`];
    });
  });
}

beforeAll(async () => {
  const wasm = fs.readFileSync(path.join(root, 'node_modules/vscode-oniguruma/release/onig.wasm'));
  await loadWASM(wasm);
});

describe('the grammar', () => {
  it.each([
    [
      'medline',
      ['\uFEFFPMID- 2002', 'TI  - Aspirin and', '      gout.', 'LID - 10.1/x [doi]', 'AB  - AIM - to raise'],
      [
        'keyword: PMID',
        'punctuation: -',
        'constant: 2002',
        'keyword: TI',
        'punctuation: -',
        'markup: Aspirin and',
        'markup: gout.',
        'keyword: LID',
        'punctuation: -',
        'constant: 10.1/x [doi]',
        'keyword: AB',
        'punctuation: -',
      ],
    ],
    [
      'ris',
      ['TY  - JOUR', 'T1  - Aspirin', 'and gout', 'AB  - Aspirin raised', 'urate.', 'DO  - 10.1/x', 'ER  - '],
      [
        'keyword: TY',
        'punctuation: -',
        'keyword: T1',
        'punctuation: -',
        'markup: Aspirin',
        'markup: and gout',
        'keyword: AB',
        'punctuation: -',
        'keyword: DO',
        'punctuation: -',
        'constant: 10.1/x',
        'keyword: ER',
        'punctuation: -',
      ],
    ],
    [
      'wos',
      ['PT J', 'TI Aspirin and', '   gout', 'AB Aspirin raised', '   urate.', 'DI 10.1/x', 'ER', ''],
      [
        'keyword: PT',
        'keyword: TI',
        'markup: Aspirin and',
        'markup: gout',
        'keyword: AB',
        'keyword: DI',
        'constant: 10.1/x',
        'keyword: ER',
      ],
    ],
    [
      'endnote',
      ['%0 Journal Article', '%T Aspirin and', 'gout', '%X Aspirin raised urate.', '%R 10.1/x'],
      [
        'keyword: %0',
        'keyword: %T',
        'markup: Aspirin and',
        'markup: gout',
        'keyword: %X',
        'keyword: %R',
        'constant: 10.1/x',
      ],
    ],
  ])(
    'of %s sets off tags, titles and identifiers, and leaves abstracts plain',
    async (name, lines, parts) => {
      const grammar = await registry.loadGrammar(`text.${name}`);
      if (!grammar) throw new Error(`No grammar of ${name}`);
      expect(partsOf(grammar, lines)).toEqual(parts);
    },
  );

  it.each(grammars.map(({ language }) => language))(
    'has a language that is set for reading: %s',
    (language) => {
      expect(configurationDefaults[`[${language}]`]).toMatchObject({
        'editor.wordWrap': 'on',
        // Each word at the caret would be boxed in the whole file.
        'editor.occurrencesHighlight': 'off',
      });
    },
  );
});
