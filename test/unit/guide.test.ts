import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './sources';

const folder = path.join(root, 'docs/guide');
const pages = fs.readdirSync(folder).filter((file) => /^\d\d-.*\.md$/u.test(file));
const texts = pages.map((page) => fs.readFileSync(path.join(folder, page), 'utf8'));
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string; readonly group?: string }[]>
    >;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
};
const words = JSON.parse(fs.readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<
  string,
  string
>;

describe('the guide', () => {
  it('has its pages in the contents, in order', () => {
    const contents = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
    expect(Array.from(contents.matchAll(/\]\((\d\d-[^)]+)\)/gu), ([, page]) => page)).toEqual(pages);
    expect(pages).toHaveLength(10);
  });

  it('names commands as the palette does', () => {
    const titles = manifest.contributes.commands.map(({ title }) => words[title.slice(1, -1)] ?? title);
    const named = texts.flatMap((text) =>
      Array.from(text.replace(/\s+/gu, ' ').matchAll(/\*\*BioBERT: ([^*]+)\*\*/gu), ([, title]) => title),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((title) => title === undefined || !titles.includes(title))).toEqual([]);
  });

  it('says where the icon with the flask is', () => {
    const { commands, menus } = manifest.contributes;
    const flasks = commands.filter(({ icon }) => icon === '$(beaker)').map(({ command }) => command);
    const places = Object.entries(menus).flatMap(([menu, items]) =>
      items
        .filter(({ command, group }) => flasks.includes(command) && group?.startsWith('navigation') === true)
        .map(({ when }) => `${menu}: ${when}`),
    );
    expect(places).toEqual(['view/title: view == biobert.entities']);
    const sentences = texts
      .join(' ')
      .replace(/\s+/gu, ' ')
      .match(/[^,.]*\bflask\b[^,.;]*/gu);
    expect(sentences).toEqual([' or click the icon with the flask in the title of the view **Entities**']);
  });

  it('names settings that exist', () => {
    const settings = Object.assign(
      {},
      ...manifest.contributes.configuration.map(({ properties }) => properties),
    ) as Record<string, unknown>;
    const named = texts.flatMap((text) =>
      Array.from(text.matchAll(/`(biobert\.[a-zA-Z.]+)`/gu), ([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => !(name in settings))).toEqual([]);
  });
});
