import { documentLanguages } from '../../src/core/documents/format';
import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { graphViewType } from '../../src/editor/panel/graphPanel';
import { screeningViewType } from '../../src/editor/reviewAccess';
import { assistantToolNames } from '../../src/protocol/assistantTools';
import { modelTasks, taskTable } from '../../src/protocol/tasks';
import { assistantTools } from '../../src/runtime/assistant/tools';
import { root } from './sources';

interface Contribution {
  readonly command: string;
  readonly when?: string;
  readonly icon?: string;
}

interface Setting {
  readonly type: string;
  readonly scope?: string;
  readonly default?: unknown;
  readonly order?: number;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly icon: string;
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: string[] };
  };
  readonly contributes: {
    readonly commands: readonly (Contribution & { readonly title: string; readonly category: string })[];
    readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly modelDescription: string;
      readonly toolReferenceName: string;
      readonly canBeReferencedInPrompt: boolean;
      readonly inputSchema: unknown;
    }[];
    readonly languages: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly Contribution[]>>;
    readonly keybindings: readonly Contribution[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string }[]>
    >;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly completionEvents: readonly string[];
        readonly description: string;
        readonly when?: string;
        readonly media: Readonly<Record<string, string>>;
      }[];
    }[];
  };
}

const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const manifestText = read('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const settings = Object.assign({}, ...contributes.configuration.map((group) => group.properties)) as Record<
  string,
  Setting
>;
const english = JSON.parse(read('package.nls.json')) as Record<string, string>;
const declaredCommands = contributes.commands.map(({ command }) => command);
const viewIds = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));

/** Lists the string literals of a file that name a command, setting or view of the extension. */
function ownNamesIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && /^biobert\.[\w.]+$/.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return found;
}

function editorFiles(): string[] {
  const files = fs.readdirSync(path.join(root, 'src/editor'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => path.join('src/editor', file));
}

/** The strings that the code hands to `l10n.t`: the keys of the translations. */
function localisedStrings(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(^|\.)l10n\.t$/.test(node.expression.getText())) {
      const [first] = node.arguments;
      const message = first && ts.isObjectLiteralExpression(first) ? messageOf(first) : first;
      found.push(message && ts.isStringLiteralLike(message) ? message.text : `not a literal in ${file}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return found;
}

function messageOf(options: ts.ObjectLiteralExpression): ts.Expression | undefined {
  const property = options.properties.find((each) => each.name?.getText() === 'message');
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** The context keys that a when-clause reads: not the values that it compares them with. */
function contextKeys(when: string): string[] {
  const keys = when
    .replace(/=~\s*\/(?:\\.|[^/\\])*\/[a-z]*/g, '')
    .replace(/(?:===?|!==?|[<>]=?)\s*(?:'[^']*'|[^\s&|()]+)/g, '')
    .replace(/'[^']*'/g, '')
    .replace(/\b(?:not in|in|not)\b/g, ' ')
    .split(/[\s&|!()]+/);
  return keys.filter((key) => key !== '' && key !== 'true' && key !== 'false');
}

/** Keys that VS Code sets, of those that we use. Documented under "when clause contexts". */
const editorKeys = [
  'editorFocus',
  'editorHasSelection',
  'editorIsOpen',
  'editorLangId',
  'editorTextFocus',
  'explorerResourceIsFolder',
  'explorerResourceIsRoot',
  'focusedView',
  'isWorkspaceTrusted',
  'listFocus',
  'resourceExtname',
  'resourcePath',
  'resourceScheme',
  'view',
  'viewItem',
  'workspaceFolderCount',
];

function everyWhenClause(): string[] {
  const contributions = [
    ...Object.values(contributes.menus).flat(),
    ...contributes.keybindings,
    ...contributes.viewsWelcome,
    ...contributes.walkthroughs.flatMap(({ steps }) => steps),
  ];
  return contributions.flatMap(({ when }) => (when === undefined ? [] : [when]));
}

describe('commands', () => {
  it('are the same in the manifest and in the code', () => {
    expect([...declaredCommands].sort()).toEqual(ownNamesIn('src/editor/commandIds.ts').sort());
  });

  it('have the same category', () => {
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['BioBERT']));
  });

  it('exist if a menu, a key or a link uses them', () => {
    const links = [
      ...manifestText.matchAll(/command:([\w.]+)/g),
      ...read('package.nls.json').matchAll(/command:([\w.]+)/g),
    ];
    const ours = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      ({ command }) => command,
    );
    const linked = links.map(([, command]) => command).filter((command) => command?.startsWith('biobert.'));
    expect(ours.length).toBeGreaterThan(0);
    expect(linked.length).toBeGreaterThan(0);
    const focusCommands = viewIds.map((id) => `${id}.focus`);
    for (const command of [...ours, ...linked])
      expect([...declaredCommands, ...focusCommands]).toContain(command);
  });
});

describe('texts', () => {
  const keys = [...new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ''))].sort();
  const translations = fs.readdirSync(root).filter((file) => /^package\.nls\..+\.json$/.test(file));

  it('are in package.nls.json if the manifest uses them, and no others are', () => {
    expect(Object.keys(english).sort()).toEqual(keys);
  });

  it.each(translations)('are translated in %s', (file) => {
    const texts = JSON.parse(read(file)) as Record<string, string>;
    expect(Object.keys(texts).sort()).toEqual(keys);
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([]);
    for (const key of keys) expect(commandLinks(texts[key]), key).toEqual(commandLinks(english[key]));
  });

  const bundles = fs.existsSync(path.join(root, 'l10n')) ? fs.readdirSync(path.join(root, 'l10n')) : [];
  it.each(bundles.filter((file) => /^bundle\.l10n\..+\.json$/.test(file)))(
    'are translated in l10n/%s if the code uses them',
    (file) => {
      const texts = JSON.parse(read(`l10n/${file}`)) as Record<string, string>;
      const used = [...editorFiles(), 'src/extension.ts'].flatMap(localisedStrings);
      expect(used.length).toBeGreaterThan(0);
      expect(Object.keys(texts).sort()).toEqual([...new Set(used)].sort());
      for (const [source, text] of Object.entries(texts))
        expect(placeholders(text)).toEqual(placeholders(source));
    },
  );

  it('are translated into the same languages in the manifest and in the code', () => {
    const languages = (files: readonly string[], pattern: RegExp): string[] =>
      files.flatMap((file) => pattern.exec(file)?.[1] ?? []).sort();
    expect(languages(bundles, /^bundle\.l10n\.(.+)\.json$/)).toEqual(
      languages(translations, /^package\.nls\.(.+)\.json$/),
    );
  });
});

function commandLinks(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/\(command:[^)]+\)/g)].map(([link]) => link);
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([placeholder]) => placeholder).sort();
}

describe('colours', () => {
  it.each(contributes.colors)('$id has a default in each kind of theme', ({ defaults }) => {
    expect(Object.keys(defaults).sort()).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
    for (const colour of Object.values(defaults)) expect(colour).toMatch(/^#[0-9A-F]{6}([0-9A-F]{2})?$/i);
  });

  // The editor builds its colour ids from the table of typeLooks.ts; typeLooks.test.ts compares those.
  it('are contributed if the style of the panel uses them', () => {
    const colours = contributes.colors.map(({ id }) => id);
    const css = read('media/panel/base.css');
    const used = [...css.matchAll(/--vscode-biobert-(\w+)/g)].map(([, name]) => `biobert.${name ?? ''}`);
    expect(used.length).toBeGreaterThan(0);
    for (const id of used) expect(colours).toContain(id);
  });
});

describe('settings', () => {
  it.each(Object.entries(settings))('%s has a scope, a description and a default', (_name, setting) => {
    expect(setting.scope).toMatch(/^(machine|machine-overridable|window|resource|language-overridable)$/);
    expect(setting.markdownDescription).toMatch(/^%setting\./);
    expect(setting).toHaveProperty('default');
  });

  it.each([...modelTasks.map((task) => `biobert.${taskTable[task].setting}`), 'biobert.engine.url'])(
    '%s has machine scope and is restricted without trust',
    (name) => {
      expect(settings[name]?.scope).toBe('machine');
      expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(name);
    },
  );

  it('are declared once each, and have an order of their own in their group', () => {
    const names = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    for (const { properties } of contributes.configuration) {
      const orders = Object.values(properties).map(({ order }) => order);
      expect(orders.toSorted((a = 0, b = 0) => a - b)).toEqual(orders.map((_, index) => index + 1));
    }
  });

  it('exist if a description refers to them', () => {
    const references = Object.values(english).flatMap((text) => [...text.matchAll(/`#([\w.]+)#`/g)]);
    expect(references.length).toBeGreaterThan(0);
    for (const [, name] of references) expect(Object.keys(settings)).toContain(name);
  });
});

describe('the tools for assistants', () => {
  it('are those of the code, with the form of their input, and can be named in a chat', () => {
    const declared = contributes.languageModelTools;
    expect(declared.map(({ name }) => name)).toEqual(assistantToolNames);
    expect(assistantTools.map(({ name }) => name)).toEqual(assistantToolNames);
    for (const [index, { description, input }] of assistantTools.entries()) {
      const { $schema, ...form } = z.toJSONSchema(input, { io: 'input' });
      expect($schema).toBeDefined();
      expect(declared[index]).toMatchObject({ modelDescription: description, canBeReferencedInPrompt: true });
      expect(declared[index]?.inputSchema).toEqual(form);
      expect(declared[index]?.toolReferenceName).toMatch(/^biobert[A-Z]\w+$/);
    }
  });
});

describe('when-clauses', () => {
  it('are parsed like in VS Code', () => {
    expect(contextKeys("!a.b && (c == d || e =~ /^(f|g)$/i) && h in i.j && k != 'l m' && n > 0")).toEqual(
      'a.b c e h i.j k n'.split(' '),
    );
  });

  // "false" hides a command and has no keys.
  const withKeys = new Set(everyWhenClause().filter((when) => when !== 'false'));
  const keysInCode = editorFiles().flatMap(ownNamesIn);
  it.each([...withKeys])('use only keys that are set: %s', (when) => {
    const keys = contextKeys(when);
    expect(keys).not.toEqual([]);
    for (const key of keys) {
      if (key.startsWith('config.')) expect(Object.keys(settings)).toContain(key.slice('config.'.length));
      else expect([...editorKeys, ...keysInCode]).toContain(key);
    }
  });

  it('use only views that exist', () => {
    const views = everyWhenClause().flatMap((when) => /\bview == ([\w.]+)/.exec(when)?.[1] ?? []);
    expect(views.length).toBeGreaterThan(0);
    for (const view of views) expect(viewIds).toContain(view);
    expect(contributes.viewsWelcome.length).toBeGreaterThan(0);
    for (const { view } of contributes.viewsWelcome) expect(viewIds).toContain(view);
  });
});

describe('the views', () => {
  it('are in one container, the panel first', () => {
    expect(Object.values(contributes.viewsContainers).flat()).toHaveLength(1);
    expect(Object.keys(contributes.views)).toEqual(['biobert']);
    expect(viewIds).toEqual(['biobert.panel', 'biobert.entities']);
  });

  it('offer a next step if they are empty', () => {
    // While the index is read, it is not known yet whether a view is empty.
    const empty = contributes.viewsWelcome.filter(({ contents }) => contents !== '%welcome.reading%');
    expect(empty).toHaveLength(2);
    for (const { when } of empty) expect(when).toContain('biobert.indexRead');
    for (const { contents } of empty) {
      const text = english[contents.replaceAll('%', '')] ?? '';
      expect(commandLinks(text), contents).not.toEqual([]);
    }
  });
});

describe('the walkthrough', () => {
  const [walkthrough] = contributes.walkthroughs;
  const steps = walkthrough?.steps ?? [];

  it('leads from a sample to the screening of a review', () => {
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual(['start']);
    expect(steps.map(({ id }) => id)).toEqual(['open', 'tag', 'hover', 'relate', 'ask', 'pin', 'screen']);
  });

  it('is ticked by keys that the extension sets', () => {
    const keys = ownNamesIn('src/editor/firstSteps/milestones.ts');
    const stepKeys = steps.map(({ id }) => `biobert.did.${id}`);
    expect(steps.flatMap(({ completionEvents }) => completionEvents)).toEqual(
      stepKeys.map((key) => `onContext:${key}`),
    );
    expect([...keys].sort()).toEqual([...stepKeys].sort());
  });

  it('has pictures with other texts than their titles', () => {
    for (const { media } of steps) {
      expect(media['svg']).toMatch(/^media\/walkthrough\/\w+\.svg$/);
      expect(english[(media['altText'] ?? '').replaceAll('%', '')]?.length).toBeGreaterThan(30);
    }
  });
});

describe('the manifest', () => {
  it('activates for the default languages of hovers, and otherwise on first use', () => {
    // The text of a paper has a file system of its own. VS Code adds no event for the other languages of the manifest,
    // because they have no language configuration.
    const own = ['biobert-paper'];
    const hovered = settings['biobert.languages']?.default as readonly string[];
    // Notebooks have the languages of their cells, and JSON is read only in a folder.
    const closed = ['jupyter', 'csl-json'];
    expect([...manifest.activationEvents].sort()).toEqual(
      [
        'onFileSystem:biobert-paper',
        // The graph and the screening view come back after a reload of the window.
        `onWebviewPanel:${graphViewType}`,
        `onWebviewPanel:${screeningViewType}`,
        // The commands of the review are enabled in a folder that has one.
        'workspaceContains:.biobert/review.json',
        ...hovered
          .filter((language) => !own.includes(language) && !closed.includes(language))
          .map((language) => `onLanguage:${language}`),
      ].sort(),
    );
  });

  it('reads every language of the list of formats', () => {
    const read = settings['biobert.languages']?.default as readonly string[];
    expect([...read].sort()).toEqual([...documentLanguages].sort());
  });

  it('refers only to pictures that exist', () => {
    const pictures = [
      manifest.icon,
      ...Object.values(contributes.viewsContainers).flatMap((containers) =>
        containers.map(({ icon }) => icon),
      ),
      ...contributes.walkthroughs.flatMap(({ steps }) =>
        steps.flatMap(({ media }) => [media['svg'] ?? media['image'] ?? media['markdown'] ?? 'none']),
      ),
    ];
    expect(
      pictures.filter((file) => !file.startsWith('$(') && !fs.existsSync(path.join(root, file))),
    ).toEqual([]);
  });

  it('has the types of the oldest VS Code that it supports', () => {
    expect(`^${manifest.devDependencies['@types/vscode'] ?? ''}`).toBe(manifest.engines.vscode);
  });

  it('needs no other extension and no proposed API, which other editors may not have', () => {
    const parts = ['extensionDependencies', 'extensionPack', 'enabledApiProposals', 'enableProposedApi'];
    expect(parts.filter((part) => part in manifest)).toEqual([]);
  });

  it('needs the editor that its page about editors names, and is tested in the one named there', () => {
    const page = read('docs/editors.md');
    const [, tested] = /codeServerVersion = '4\.([\d.]+)'/.exec(read('scripts/vscode.mjs')) ?? [];
    expect(page).toContain(`VS Code ${manifest.engines.vscode.replace(/^\^(\d+\.\d+)\.0$/, '$1')} or newer`);
    expect(page).toContain(`code-server 4.${tested ?? '?'} (VS Code 1.${tested?.split('.')[0] ?? '?'})`);
  });

  it('pins both runtimes to one version', () => {
    expect(manifest.dependencies['onnxruntime-web']).toMatch(/^\d+\.\d+\.\d+$/);
    // Optional: where its install script fails, as without a way to NuGet, WebAssembly takes its place.
    expect(manifest.optionalDependencies).toEqual({
      'onnxruntime-node': manifest.dependencies['onnxruntime-web'],
    });
  });
});
