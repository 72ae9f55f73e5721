/**
 * Layout of the evidence table: which sentences are in which cell, and where an arrow key moves. Without side effects.
 */
import { groupBy } from '../../src/core/groupBy';
import type { EvidenceCell, EvidenceTopic, EvidenceView } from '../../src/protocol/panel';

export interface GridRow {
  readonly document: string;
  readonly name: string;
  /** One entry per column; most cells of most tables are empty. */
  readonly cells: readonly (readonly EvidenceCell[])[];
}

export interface Grid {
  readonly columns: readonly EvidenceTopic[];
  readonly rows: readonly GridRow[];
}

/** Place of a sentence; `at` is its index in its cell. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
  readonly at: number;
}

const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Builds the grid: documents sorted by name, sentences by line. Columns of the form and of questions that every paper is asked are
 * shown even if they are empty. */
export function gridOf({ topics, cells }: EvidenceView, withUnpinned: boolean): Grid {
  const visibleCells = cells.filter(({ isPinned }) => isPinned || withUnpinned);
  const columns = topics.filter(
    ({ id, source, isAsked }) =>
      source === 'form' || isAsked === true || visibleCells.some(({ topic }) => topic === id),
  );
  const rows = [...groupBy(visibleCells, ({ document }) => document)].map(([document, own]) => ({
    document,
    name: own[0]?.name ?? document,
    cells: columns.map(({ id }) => own.filter(({ topic }) => topic === id).sort((a, b) => a.line - b.line)),
  }));
  return { columns, rows: rows.sort((a, b) => compare(a.name, b.name)) };
}

/** The places of all sentences, row by row. */
export function allPlaces({ rows }: Grid): readonly GridPlace[] {
  return rows.flatMap(({ cells }, row) =>
    cells.flatMap((cell, column) => cell.map((_, at) => ({ row, column, at }))),
  );
}

/**
 * Finds the place to which a key moves; empty cells are skipped.
 * @returns undefined if there is no place in that direction.
 */
export function nextPlace(grid: Grid, from: GridPlace, key: string): GridPlace | undefined {
  const all = allPlaces(grid);
  const inRow = all.filter(({ row }) => row === from.row);
  const inColumn = all.filter(({ column }) => column === from.column);
  switch (key) {
    case 'ArrowDown':
      return inColumn.find((each) => isBelow(each, from));
    case 'ArrowUp':
      return inColumn.findLast((each) => isBelow(from, each));
    case 'ArrowRight':
      return inRow.find(({ column }) => column > from.column);
    case 'ArrowLeft': {
      const left = inRow.findLast(({ column }) => column < from.column);
      return left && { ...left, at: 0 };
    }
    case 'Home':
      return inRow[0];
    case 'End':
      return inRow.at(-1);
    default:
      return undefined;
  }
}

function isBelow(a: GridPlace, b: GridPlace): boolean {
  return a.row > b.row || (a.row === b.row && a.at > b.at);
}
