import { describe, expect, it } from 'vitest';
import { graphOf } from '../../../../media/panel/graphData';
import { NamedConcepts } from '../../../../media/panel/namedConcepts';
import { nameDetails, nameGroups } from '../../../../media/panel/nameGroups';
import { layOut, rowAt, totalHeight, visibleRows } from '../../../../media/panel/layout';
import { filterRows } from '../../../../media/panel/filterRows';
import { defaultOptions } from '../../../../media/panel/listOptions';
import { typesOf } from '../../../../media/panel/relationFacets';
import { groupRows, listItems, statementCounts } from '../../../../media/panel/relationRows';
import { TextSearch } from '../../../../media/panel/textSearch';
import type { RelationRow } from '../../../../src/protocol/panel';

let ids = 0;

function row(subject: string, type: string, object: string, change: Partial<RelationRow> = {}): RelationRow {
  return {
    id: ++ids,
    document: 'file:///a.md',
    name: 'a.md',
    line: ids,
    type,
    subject: { name: subject, type: 'Chemical', key: subject.toLowerCase() },
    object: { name: object, type: 'Gene', key: object.toLowerCase() },
    probability: 0.5,
    evidence: { text: `${subject} and ${object}.`, marks: [] },
    isPinned: false,
    ...change,
  };
}

const rows = [
  row('Gefitinib', 'inhibitor', 'EGFR', { probability: 0.7 }),
  row('gefitinib', 'inhibitor', 'EGFR', { probability: 0.9, document: 'file:///b.md', name: 'b.md' }),
  row('gefitinib', 'inhibitor', 'EGFR', { probability: 0.6, negated: 'not' }),
  row('metformin', 'activator', 'AMPK', { probability: 0.8 }),
];

describe('the rows of the list', () => {
  it('match every word of the filter in names, relation, sentence or document', () => {
    const found = (text: string) => filterRows(rows, { ...defaultOptions, text }).length;
    expect(found('EGFR b.md')).toBe(1);
    expect(found('  MetFor ampk ')).toBe(1);
    expect(found('inhibitor')).toBe(3);
    expect(found('gefitinib ampk')).toBe(0);
  });

  it('can be filtered by type, probability and name', () => {
    expect(filterRows(rows, { ...defaultOptions, type: 'activator' })).toHaveLength(1);
    expect(filterRows(rows, { ...defaultOptions, minProbability: 0.7 })).toHaveLength(3);
    expect(filterRows(rows, { ...defaultOptions, entity: 'ampk' })).toHaveLength(1);
    expect(typesOf(rows)).toEqual(['inhibitor', 'activator']);
  });

  it('hide less certain relations until they are asked for', () => {
    const more = [...rows, row('aspirin', 'inhibitor', 'PTGS1', { isTentative: true })];
    expect(filterRows(more, defaultOptions)).toEqual(rows);
    expect(filterRows(more, { ...defaultOptions, withTentative: true })).toEqual(more);
  });

  it('are grouped by pair, counting papers and sentences by what they say', () => {
    const [pair] = groupRows([
      ...rows,
      row('gefitinib', 'inhibitor', 'EGFR', { speculated: 'may', probability: 0.1 }),
      row('gefitinib', 'inhibitor', 'EGFR', { speculated: 'may', negated: 'not', probability: 0.1 }),
    ]);
    expect(pair).toMatchObject({
      sentences: { inFavour: 2, against: 2, speculative: 1 },
      papers: 2,
      probability: 0.9,
    });
    expect(pair && statementCounts(pair.sentences)).toEqual([
      ['inFavour', 2],
      ['against', 2],
      ['speculative', 1],
    ]);
  });

  it('are in their pair from the most probable to the least', () => {
    const [pair] = groupRows(rows);
    expect(pair?.rows.map(({ probability }) => probability)).toEqual([0.9, 0.7, 0.6]);
  });

  it('come first if more papers state them, among pairs that are shown with one probability', () => {
    const of = (drug: string, paper: string, probability: number): RelationRow =>
      row(drug, 'inhibitor', 'EGFR', { document: paper, probability });
    const pairs = [of('a', 'p1', 0.984), of('b', 'p1', 0.981), of('b', 'p2', 0.9), of('c', 'p1', 0.97)];
    const first = listItems(pairs, defaultOptions, new Set()).map((item) =>
      item.kind === 'pair'
        ? item.group.rows[0].subject.name
        : item.kind === 'relation' && item.row.subject.name,
    );
    expect(first).toEqual(['b', 'a', 'c']);
  });

  it('are below their pair after it was opened; a single sentence has no pair row', () => {
    const closed = listItems(rows, defaultOptions, new Set());
    expect(closed.map(({ kind }) => kind)).toEqual(['pair', 'relation']);
    const key = groupRows(rows)[0]?.key ?? '';
    const open = listItems(rows, defaultOptions, new Set([key]));
    expect(open.map(({ kind }) => kind)).toEqual(['pair', 'relation', 'relation', 'relation', 'relation']);
  });

  it.each([
    ['probability', ['gefitinib', 'metformin', 'Gefitinib', 'gefitinib']],
    ['subject', ['gefitinib', 'Gefitinib', 'gefitinib', 'metformin']],
    ['object', ['metformin', 'gefitinib', 'Gefitinib', 'gefitinib']],
    ['place', ['Gefitinib', 'gefitinib', 'metformin', 'gefitinib']],
  ] as const)('are sorted by %s', (sort, names) => {
    const items = listItems(rows, { ...defaultOptions, isGrouped: false, sort }, new Set());
    expect(items.map((item) => (item.kind === 'relation' ? item.row.subject.name : ''))).toEqual(names);
  });
});

const sorafenib = { id: 'MESH:D000077157', name: 'Sorafenib' };

/** A row about a name of sorafenib. */
function sorafenibRow(name: string, document: string, change: Partial<RelationRow> = {}): RelationRow {
  return row(name, 'inhibitor', 'BRAF', {
    subject: { name, type: 'Chemical', key: `Chemical\n${sorafenib.id}`, concept: sorafenib },
    document,
    ...change,
  });
}

describe('the names of a concept', () => {
  const named = [
    sorafenibRow('BAY 43-9006', 'a.md', { probability: 0.9 }),
    sorafenibRow('sorafenib', 'b.md'),
    sorafenibRow('sorafenib', 'c.md'),
    sorafenibRow('Nexavar', 'c.md', { negated: 'not' }),
    ...rows,
  ];

  it('are one row, which says how many sentences are in favour and against', () => {
    const group = groupRows(named).find(({ key }) => key.includes(sorafenib.id));
    expect(group).toMatchObject({ sentences: { inFavour: 3, against: 1, speculative: 0 }, papers: 3 });
    expect(group?.rows.map(({ subject }) => subject.name)).toHaveLength(4);
  });

  it('are one node, which has the most frequent name', () => {
    const { nodes } = graphOf(named, 100);
    expect(nodes.filter(({ concept }) => concept)).toEqual([
      {
        id: `Chemical\n${sorafenib.id}`,
        label: 'sorafenib',
        type: 'Chemical',
        concept: sorafenib,
        others: ['BAY 43-9006', 'Nexavar'],
        count: 4,
      },
    ]);
  });

  it('keep the label of the whole list while the list is filtered', () => {
    const { nodes } = graphOf(named.slice(0, 1), 100, nameGroups(named));
    expect(nodes[0]?.label).toBe('sorafenib');
  });

  it.each(['nexavar', 'bay 43', 'MESH:D000077157', 'Sorafenib', 'sorafenib braf'])(
    'are found by %s',
    (text) => {
      expect(filterRows(named, { ...defaultOptions, text })).toHaveLength(4);
    },
  );

  it('are found by a name that no row contains, if the host knows it', () => {
    const options = { ...defaultOptions, text: 'sorafenibum' };
    expect(filterRows(named, options)).toEqual([]);
    const search = new TextSearch(options.text, {
      names: nameGroups(named),
      concepts: new Set([sorafenib.id]),
    });
    expect(filterRows(named, options, search)).toHaveLength(4);
    expect(filterRows(named, { ...options, type: 'activator' }, search)).toEqual([]);
  });

  it('are sorted by the label of the concept', () => {
    const items = listItems(named, { ...defaultOptions, sort: 'subject' }, new Set());
    const keys = items.map((item) => {
      if (item.kind === 'heading') return item.foundIn;
      return item.kind === 'pair' ? item.group.key : item.row.subject.key;
    });
    expect(keys.at(-1)).toContain(sorafenib.id);
  });

  it('are described by the preferred name, the identifier and the other spellings', () => {
    const group = nameGroups(named).get(`Chemical\n${sorafenib.id}`);
    const describeAs = (displayed?: string) => group && nameDetails(group, (all) => `also ${all}`, displayed);
    expect(describeAs()).toEqual(['Sorafenib · MESH:D000077157', 'also BAY 43-9006, Nexavar']);
    expect(describeAs('Nexavar')).toEqual(['Sorafenib · MESH:D000077157', 'also sorafenib, BAY 43-9006']);
  });
});

describe('the relations that a text has found', () => {
  const raf = [
    row('vemurafenib', 'inhibitor', 'BRAF', { probability: 0.99 }),
    row('vemurafenib', 'inhibitor', 'BRAF', { probability: 0.4 }),
    row('RAF265', 'inhibitor', 'Raf', { probability: 0.2 }),
    row('aspirin', 'inhibitor', 'COX-1', {
      probability: 0.95,
      evidence: { text: 'In Raf cells.', marks: [] },
    }),
  ];
  const found = (isGrouped: boolean) => {
    const options = { ...defaultOptions, text: 'raf', isGrouped };
    const search = new TextSearch('raf', { names: nameGroups(raf), concepts: new Set() });
    return listItems(filterRows(raf, options, search), options, new Set(), nameGroups(raf), search).map(
      (item) => {
        if (item.kind === 'heading') return [item.foundIn, item.count];
        return item.kind === 'pair' ? item.group.rows[0].object.name : item.row.object.name;
      },
    );
  };

  it('begin with those whose name it is, and have headings that say where it was found', () => {
    expect(found(true)).toEqual([['names', 3], 'Raf', 'BRAF', ['elsewhere', 1], 'COX-1']);
    expect(found(false)).toEqual([['names', 3], 'Raf', 'BRAF', 'BRAF', ['elsewhere', 1], 'COX-1']);
  });
});

describe('the concepts that a text may mean', () => {
  it('are asked for once per text, and only if it is long enough', async () => {
    const asked: string[] = [];
    let found = 0;
    const concepts = new NamedConcepts(
      (text) => {
        asked.push(text);
        return text === 'fails' ? Promise.reject(new Error('no')) : Promise.resolve(['MESH:D1']);
      },
      () => found++,
    );
    expect([...concepts.of('ab')]).toEqual([]);
    expect([...concepts.of('aspirin ')]).toEqual([]);
    await Promise.resolve();
    expect([...concepts.of('aspirin')]).toEqual(['MESH:D1']);
    expect([...concepts.of('fails')]).toEqual([]);
    await Promise.resolve();
    expect([asked, found]).toEqual([['aspirin', 'fails'], 1]);
  });

  it('are looked up one text at a time, and only for the latest text', async () => {
    const replies = new Map<string, (ids: readonly string[]) => void>();
    const concepts = new NamedConcepts(
      (text) => new Promise((resolve) => replies.set(text, resolve)),
      () => undefined,
    );
    for (const text of ['asp', 'aspirin', 'heparin']) concepts.of(text);
    expect([...replies.keys()]).toEqual(['asp']);
    replies.get('asp')?.(['MESH:D1']);
    await Promise.resolve();
    expect([...replies.keys()]).toEqual(['asp', 'heparin']);
    expect([...concepts.of('heparin')]).toEqual([]);
    replies.get('heparin')?.(['MESH:D2']);
    await Promise.resolve();
    expect([...concepts.of('heparin')]).toEqual(['MESH:D2']);
  });
});

describe('the layout of a long list', () => {
  const layout = layOut(10_000, (index) => (index % 2 === 0 ? 20 : 80));

  it('finds the row at any height', () => {
    expect(totalHeight(layout)).toBe(500_000);
    expect([0, 19, 20, 99, 100, 1e9].map((y) => rowAt(layout, y))).toEqual([0, 0, 1, 1, 2, 9_999]);
  });

  it('draws the visible rows and a few more', () => {
    expect(visibleRows(layout, 0, 200, 2)).toEqual({ first: 0, end: 7 });
    expect(visibleRows(layout, 499_900, 200, 2)).toEqual({ first: 9_996, end: 10_000 });
    expect(
      visibleRows(
        layOut(0, () => 20),
        0,
        200,
      ),
    ).toEqual({ first: 0, end: 0 });
  });
});
