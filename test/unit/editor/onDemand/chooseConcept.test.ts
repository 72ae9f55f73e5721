import { beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/core/types';
import { conceptTarget } from '../../../../src/editor/onDemand/chooseConcept';
import { isMentionLink } from '../../../../src/editor/commandIds';
import type { EntityNode, NameNode } from '../../../../src/editor/entities/entityTree';
import { reset } from '../vscode';

const concept = { id: 'MESH:D1', name: 'Sorafenib', source: 'MeSH', method: 'name' } as const;
const mention: Entity = {
  start: 0,
  end: 7,
  text: 'Nexavar',
  name: 'Nexavar',
  type: 'Chemical',
  probability: 1,
  concepts: [concept],
};
const row: NameNode = {
  kind: 'name',
  id: 'name:1',
  type: 'Chemical',
  name: 'sorafenib',
  spellings: [
    { name: 'Sorafenib', count: 1 },
    { name: 'sorafenib', count: 3 },
    { name: 'Nexavar', count: 1 },
  ],
  concepts: [concept],
  isUnknown: false,
  mentions: [{ document: 'file:///a.txt', entity: mention }],
};

type Parts = Parameters<typeof conceptTarget>[1];
const parts = { store: { entityAt: () => undefined } } as unknown as Parts;

beforeEach(reset);

describe('the names whose concept is chosen', () => {
  it('are the name of a link', () => {
    const link = {
      uri: 'file:///a.txt',
      start: 0,
      end: 7,
      name: 'MTX',
      type: 'Chemical',
      concepts: ['MESH:D2'],
    };
    expect(conceptTarget([link], parts)).toEqual({
      names: [{ name: 'MTX', type: 'Chemical' }],
      current: ['MESH:D2'],
    });
  });

  it('are all names of a row, each in one spelling', () => {
    expect(conceptTarget([row], parts)).toEqual({
      names: [
        { name: 'sorafenib', type: 'Chemical' },
        { name: 'Nexavar', type: 'Chemical' },
      ],
      current: ['MESH:D1'],
    });
  });

  it('are the name of the row of a mention', () => {
    const node: EntityNode = {
      kind: 'mention',
      id: '1',
      parent: row,
      mention: { document: 'a', entity: mention },
    };
    expect(conceptTarget([node], parts).names).toEqual([{ name: 'Nexavar', type: 'Chemical' }]);
  });

  it('need an entity at the caret if the command comes from the palette', () => {
    expect(() => conceptTarget([], parts)).toThrow(/no entity/);
  });
});

describe('isMentionLink', () => {
  const link = { uri: 'file:///a.txt', start: 0, end: 7 };
  it.each([
    [{ ...link, concepts: ['MESH:D1'] }, true],
    [{ ...link, concepts: 'MESH:D1' }, false],
    [{ ...link, concepts: [7] }, false],
  ])('of %j is %s', (value, expected) => {
    expect(isMentionLink(value)).toBe(expected);
  });
});
