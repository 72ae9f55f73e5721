import { describe, expect, it } from 'vitest';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import {
  buildTree,
  childrenOf,
  type EntityNode,
  type TreeOptions,
  type TypeNode,
} from '../../../../src/editor/entities/entityTree';
import type { MentionGroup } from '../../../../src/runtime/folder/grouping';

function group(
  type: string,
  name: string,
  starts: readonly number[],
  otherSpellings: string[] = [],
): MentionGroup {
  const mentions = starts.map((start) => ({ document: 'file:///a.txt', entity: mention(type, name, start) }));
  return {
    type,
    key: `${type}\n${name.toLowerCase()}`,
    name,
    spellings: [name, ...otherSpellings].map((spelling) => ({ name: spelling, count: 1 })),
    concepts: undefined,
    isUnknown: false,
    mentions,
  };
}

function mention(type: string, name: string, start: number): Entity {
  return { start, end: start + name.length, text: name, name, type, probability: 0.9 };
}

const groups = [
  group('Disease', 'glioma', [5]),
  group('Gene', 'TP53', [10, 40], ['p53']),
  group('Gene', 'BRCA1', [20, 50, 60]),
  group('Gene', 'Akt', [30]),
  group('Tissue', 'cortex', [70]),
];

const options: TreeOptions = {
  order: 'count',
  filter: '',
  typeOrder: ['Gene', 'Disease', 'Chemical'],
  compareNames: (a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }),
};

const shape = (tree: readonly TypeNode[]): string[] =>
  tree.map(({ type, count, names }) => `${type} ${count}: ${names.map(({ name }) => name).join(' ')}`);

describe('buildTree', () => {
  it('lists shipped types first, then other types, and no empty ones', () => {
    expect(shape(buildTree(groups, options))).toEqual([
      'Gene 6: BRCA1 TP53 Akt',
      'Disease 1: glioma',
      'Tissue 1: cortex',
    ]);
  });

  it.each([
    ['count', 'BRCA1 TP53 Akt'],
    ['name', 'Akt BRCA1 TP53'],
    ['position', 'TP53 BRCA1 Akt'],
  ] as const)('orders names by %s', (order, expected) => {
    expect(shape(buildTree(groups, { ...options, order }))[0]).toBe(`Gene 6: ${expected}`);
  });

  it.each([
    ['any case', 'brca', ['Gene 3: BRCA1']],
    ['another spelling', 'p53', ['Gene 2: TP53']],
    ['all words', 'tp 53', ['Gene 2: TP53']],
    ['blanks only', '  ', ['Gene 6: BRCA1 TP53 Akt', 'Disease 1: glioma', 'Tissue 1: cortex']],
    ['nothing that is there', 'xyz', []],
    ['signs of regular expressions', '.*', []],
  ])('filters by %s', (_, filter, expected) => {
    expect(shape(buildTree(groups, { ...options, filter }))).toEqual(expected);
  });

  it('does not change the groups', () => {
    const before = groups.map(({ name }) => name);
    buildTree(groups, { ...options, order: 'name' });
    expect(groups.map(({ name }) => name)).toEqual(before);
  });

  it('names all spellings with their counts', () => {
    const [genes] = buildTree(groups, options);
    expect(genes?.names[1]?.spellings).toEqual([
      { name: 'TP53', count: 1 },
      { name: 'p53', count: 1 },
    ]);
  });

  const sorafenib: ConceptLink = {
    id: 'MESH:D000077157',
    name: 'Sorafenib',
    source: 'MeSH 2024',
    method: 'name',
  };
  const linked = { ...group('Chemical', 'BAY 43-9006', [80], ['Nexavar']), concepts: [sorafenib] };

  it.each([
    ['a spelling', 'nexavar'],
    ['the preferred name', 'soraf'],
    ['the identifier', 'mesh:d000077157'],
    ['the identifier as it is shown', 'MeSH D0000771'],
  ])('filters concepts by %s', (_, filter) => {
    expect(shape(buildTree([...groups, linked], { ...options, filter }))).toEqual([
      'Chemical 1: BAY 43-9006',
    ]);
  });

  it('marks a name as unknown only if a terminology may have its type', () => {
    const unknown = [
      { ...group('Gene', 'FOO', [1]), isUnknown: true },
      { ...group('Variant', 'V600E', [5]), isUnknown: true },
      { ...linked, isUnknown: false },
    ];
    const marked = buildTree(unknown, options).flatMap(({ names }) => names.filter((each) => each.isUnknown));
    expect(marked.map(({ name }) => name)).toEqual(['FOO']);
  });
});

/** Opens every "more" row. */
function all(node: EntityNode, size: number): EntityNode[] {
  return childrenOf(node, size).flatMap((child) => (child.kind === 'more' ? all(child, size) : [child]));
}

describe('childrenOf', () => {
  it.each([1, 2, 9, 10, 11, 21, 100])('folds %i mentions into pages and loses none', (count) => {
    const starts = Array.from({ length: count }, (_, index) => index * 10);
    const [genes] = buildTree([group('Gene', 'TP53', starts)], options);
    const name = genes?.names[0];
    if (!name) throw new Error('no name');
    const rows = childrenOf(name, 10);
    expect(rows.length).toBeLessThanOrEqual(11);
    const found = all(name, 10).map((node) => (node.kind === 'mention' ? node.mention.entity.start : -1));
    expect(found).toEqual(starts);
    const last = rows.at(-1);
    expect(last?.kind).toBe(count > 11 ? 'more' : 'mention');
    if (last?.kind === 'more') expect(last.hidden).toBe(count - 10);
  });

  it('gives unique ids that do not change when text is inserted before', () => {
    const ids = (shift: number): string[] => {
      const tree = buildTree(
        [group('Gene', 'TP53', [1 + shift, 9 + shift]), group('Gene', 'Akt', [20])],
        options,
      );
      const walk = (node: EntityNode): string[] => [node.id, ...childrenOf(node).flatMap(walk)];
      return tree.flatMap(walk);
    };
    expect(new Set(ids(0)).size).toBe(6);
    expect(ids(100)).toEqual(ids(0));
  });
});
