import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import type { EntitySource } from '../../../../src/editor/entities/entitySource';
import type { DocumentEntities } from '../../../../src/runtime/folder/grouping';
import { askForName } from '../../../../src/editor/records/askForName';
import { type FakeQuickPick, reset, window } from '../vscode';

const sorafenib: ConceptLink = { id: 'MESH:D000077157', name: 'Sorafenib', source: 'MeSH', method: 'name' };

function entity(start: number, name: string, concepts?: readonly ConceptLink[]): Entity {
  return {
    ...{ start, end: start + name.length, text: name, name, type: 'Chemical', probability: 1 },
    ...(concepts && { concepts }),
  };
}

const documents: readonly DocumentEntities[] = [
  {
    document: 'file:///p/a.nbib',
    abbreviations: [],
    entities: [
      entity(0, 'aspirin'),
      entity(10, 'Nexavar', [sorafenib]),
      entity(20, 'sorafenib', [sorafenib]),
      entity(30, 'sorafenib', [sorafenib]),
    ],
  },
];

const source = {
  restore: () => Promise.resolve(),
  all: () => documents,
  get: () => documents[0],
} as unknown as EntitySource;

async function shownList(): Promise<FakeQuickPick<{ readonly label: string }>> {
  return vi.waitFor(() => {
    const { quickPick } = window;
    if (!quickPick || quickPick.busy) throw new Error('The names are not in the list yet.');
    return quickPick;
  });
}

describe('asking for a name', () => {
  beforeEach(reset);

  it('offers the names of the index with their synonyms, the most frequent first', async () => {
    const asked = askForName(source);
    const list = await shownList();
    expect(list.items).toMatchObject([
      {
        label: 'sorafenib',
        description: 'Chemical · 3 mentions',
        detail: 'Sorafenib, MESH:D000077157, MeSH D000077157, Nexavar',
      },
      { label: 'aspirin', description: 'Chemical · 1 mention' },
    ]);
    list.pick('sorafenib');
    expect(await asked).toMatchObject({
      name: 'sorafenib',
      query: { type: 'Chemical', concepts: ['MESH:D000077157'] },
    });
    expect((await asked)?.query.variants).toContain('Nexavar');
  });

  it('counts the mentions in copies of a paper once, as the list of all mentions does', async () => {
    const title = 'Sorafenib in patients with advanced renal cell carcinoma';
    const copy = (document: string, names: readonly string[]): DocumentEntities => ({
      ...{ document, abbreviations: [], publications: [{ start: 0, end: 100, name: title }] },
      entities: names.map((name, index) => entity(index * 10, name)),
    });
    const copies = [
      copy('file:///p/a.nbib', ['aspirin', 'gout', 'gout']),
      copy('file:///p/b.ris', ['aspirin', 'aspirin', 'gout']),
      copy('file:///p/c.ris', ['aspirin']),
    ];
    void askForName({ ...source, all: () => copies });
    expect((await shownList()).items).toMatchObject([
      { label: 'aspirin', description: 'Chemical · 2 mentions' },
      { label: 'gout', description: 'Chemical · 2 mentions' },
    ]);
  });

  it('takes a name that no document has', async () => {
    const asked = askForName(source);
    const list = await shownList();
    list.type(' tivozanib ');
    list.accept();
    expect(await asked).toMatchObject({ name: 'tivozanib', query: { type: undefined } });
  });

  it('gives nothing if the user leaves it', async () => {
    const asked = askForName(source);
    (await shownList()).hide();
    expect(await asked).toBeUndefined();
  });
});
