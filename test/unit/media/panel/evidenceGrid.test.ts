import { describe, expect, it } from 'vitest';
import { gridOf, allPlaces, nextPlace, type GridPlace } from '../../../../media/panel/evidenceGrid';
import type { EvidenceCell } from '../../../../src/protocol/panel';

function cell(id: number, document: string, topic: string, change: Partial<EvidenceCell> = {}): EvidenceCell {
  const kind = change.isPinned === false ? ('relation' as const) : ('evidence' as const);
  const doubts = { kind, isDenied: false, isSpeculative: false };
  const shared = { ...doubts, line: id, text: `Sentence ${id}.`, note: '', probability: 0.9 };
  return { ...shared, id, document: `papers/${document}`, name: document, topic, isPinned: true, ...change };
}

const topics = ['x', 'y', 'z'].map((id) => ({ id, label: id, source: 'relation' as const }));

/** Document p2 has x twice and z; p10 has y, and an x that is not pinned. */
const view = {
  topics,
  cells: [
    cell(1, 'p10.md', 'y'),
    cell(2, 'p10.md', 'x', { isPinned: false }),
    cell(9, 'p2.md', 'x'),
    cell(3, 'p2.md', 'x'),
    cell(4, 'p2.md', 'z'),
  ],
};

const grid = gridOf(view, true);

function idAt(place: GridPlace | undefined): number | undefined {
  return place && grid.rows[place.row]?.cells[place.column]?.[place.at]?.id;
}

describe('the evidence as a table', () => {
  it('has a row for each document, by name, and a column for each topic', () => {
    expect(grid.columns.map(({ id }) => id)).toEqual(['x', 'y', 'z']);
    const ids = grid.rows.map(({ name, cells }) => [name, ...cells.map((each) => each.map(({ id }) => id))]);
    expect(ids).toEqual([
      ['p2.md', [3, 9], [], [4]],
      ['p10.md', [2], [1], []],
    ]);
  });

  it('leaves out unpinned sentences, and rows and columns that would be empty', () => {
    const pinned = gridOf({ topics, cells: view.cells.slice(0, 2) }, false);
    expect(pinned.columns.map(({ id }) => id)).toEqual(['y']);
    expect(pinned.rows).toHaveLength(1);
    expect(gridOf({ topics: [], cells: [] }, true)).toEqual({ columns: [], rows: [] });
  });

  it('has all columns of the form, also empty ones', () => {
    const form = ['n', 'dose'].map((id) => ({ id, label: id, source: 'form' as const }));
    const cells = [cell(1, 'p1.md', 'dose', { value: '20 mg' })];
    const withForm = gridOf({ topics: [...form, ...topics], cells }, true);
    expect(withForm.columns.map(({ id }) => id)).toEqual(['n', 'dose']);
    expect(withForm.rows[0]?.cells.map((each) => each.length)).toEqual([0, 1]);
  });

  it('is navigated by arrow keys from sentence to sentence, past empty cells', () => {
    const [first] = allPlaces(grid);
    if (!first) throw new Error('Nothing to walk.');
    const down = nextPlace(grid, first, 'ArrowDown');
    expect([idAt(first), idAt(down)]).toEqual([3, 9]);
    const below = down && nextPlace(grid, down, 'ArrowDown');
    expect(idAt(below)).toBe(2);
    expect(below && nextPlace(grid, below, 'ArrowDown')).toBeUndefined();
    expect(idAt(below && nextPlace(grid, below, 'ArrowUp'))).toBe(9);
    const right = nextPlace(grid, first, 'ArrowRight');
    expect(idAt(right)).toBe(4);
    expect(idAt(right && nextPlace(grid, right, 'ArrowLeft'))).toBe(3);
    expect(right && nextPlace(grid, right, 'ArrowDown')).toBeUndefined();
    expect(idAt(nextPlace(grid, first, 'End'))).toBe(4);
    expect(idAt(right && nextPlace(grid, right, 'Home'))).toBe(3);
    expect(nextPlace(grid, first, 'x')).toBeUndefined();
  });
});
