import { describe, expect, it, vi } from 'vitest';
import { ListedRelations } from '../../../../media/graph/listedRelations';
import { defaultOptions } from '../../../../media/panel/listOptions';
import { relation } from '../panel/graphRelations';

function listed() {
  const onChange = vi.fn();
  const relations = new ListedRelations(() => Promise.resolve([]), onChange);
  relations.setRows(
    [relation('gefitinib', 'EGFR'), relation('metformin', 'AMPK', { isTentative: true })],
    'folder',
  );
  return { relations, onChange };
}

describe('ListedRelations', () => {
  it('has the relations that the list has with its filter', () => {
    const { relations, onChange } = listed();
    expect(relations.graph(0).all.nodes.map(({ label }) => label)).toEqual(['gefitinib', 'EGFR']);
    relations.setFilter(JSON.stringify({ ...defaultOptions, withTentative: true, text: 'metformin' }));
    expect(relations.graph(0).all.nodes.map(({ label }) => label)).toEqual(['metformin', 'AMPK']);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('knows whether the filter leaves relations out', () => {
    const { relations } = listed();
    expect(relations.isFiltered).toBe(false);
    relations.setFilter(JSON.stringify({ ...defaultOptions, sort: 'type', withTentative: true }));
    expect(relations.isFiltered).toBe(false);
    relations.setFilter(JSON.stringify({ ...defaultOptions, minProbability: 0.9 }));
    expect(relations.isFiltered).toBe(true);
  });

  it('leaves out drafts as the setting says, but not those of one document', () => {
    const { relations } = listed();
    const rows = [relation('gefitinib', 'EGFR'), relation('metformin', 'AMPK', { isDraft: true })];
    relations.setRows(rows, 'folder');
    relations.setWithoutDrafts(true);
    relations.setFilter(JSON.stringify(defaultOptions));
    expect(relations.graph(0).all.nodes).toHaveLength(2);
    expect(relations.isFiltered).toBe(true);
    relations.setRows(rows, 'document');
    expect(relations.graph(0).all.nodes).toHaveLength(4);
    expect(relations.isFiltered).toBe(false);
  });

  it.each([undefined, '', '{', '{"text":3}'])('takes %j for no filter', (filter) => {
    const { relations } = listed();
    relations.setFilter(filter);
    expect(relations.graph(0).all.nodes).toHaveLength(2);
  });

  it('draws at most as many names as asked for', () => {
    const { relations } = listed();
    relations.setRows([relation('a', 'b'), relation('a', 'b'), relation('c', 'd')], 'folder');
    const { drawn, all } = relations.graph(2);
    expect([drawn.nodes.length, drawn.names, all.nodes.length]).toEqual([2, 4, 4]);
  });
});
