import { describe, expect, it } from 'vitest';
import { RelationParts } from '../../../../media/panel/relationParts';
import type { RelationRow } from '../../../../src/protocol/panel';

const row = (id: number): RelationRow => ({
  id,
  document: 'file:///a.md',
  name: 'a.md',
  line: id,
  type: 'inhibitor',
  subject: { name: 'gefitinib', type: 'Chemical', key: 'gefitinib' },
  object: { name: 'EGFR', type: 'Gene', key: 'egfr' },
  probability: 0.5,
  evidence: { text: 'Gefitinib inhibits EGFR.', marks: [] },
  isPinned: false,
});

describe('RelationParts', () => {
  it('gives all rows with the last part only', () => {
    const parts = new RelationParts();
    expect(
      parts.add({ list: 1, scope: 'folder', isFirst: true, isLast: false, rows: [row(1)] }),
    ).toBeUndefined();
    expect(parts.add({ list: 1, scope: 'folder', isFirst: false, isLast: true, rows: [row(2)] })).toEqual([
      row(1),
      row(2),
    ]);
  });

  it('starts again with the first part of a newer list', () => {
    const parts = new RelationParts();
    parts.add({ list: 1, scope: 'folder', isFirst: true, isLast: false, rows: [row(1)] });
    expect(parts.add({ list: 2, scope: 'folder', isFirst: true, isLast: true, rows: [row(2)] })).toEqual([
      row(2),
    ]);
  });

  it('drops parts of an older list', () => {
    const parts = new RelationParts();
    parts.add({ list: 2, scope: 'folder', isFirst: true, isLast: false, rows: [row(1)] });
    expect(
      parts.add({ list: 1, scope: 'folder', isFirst: false, isLast: true, rows: [row(2)] }),
    ).toBeUndefined();
    expect(parts.add({ list: 2, scope: 'folder', isFirst: false, isLast: true, rows: [row(3)] })).toEqual([
      row(1),
      row(3),
    ]);
  });
});
