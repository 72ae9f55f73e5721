import type { EntityNode } from '../entities/entityTree';
import type { EntitiesView } from '../entities/entitiesView';

/**
 * Returns the rows that a command refers to. From a menu, VS Code passes the row and, if the row is selected, all
 * selected rows. From the keyboard it passes nothing, and the selection counts.
 */
export function selectedNodes(args: readonly unknown[], view: EntitiesView): readonly EntityNode[] {
  const [row, selected] = args;
  if (Array.isArray(selected) && selected.every(isNode)) return selected;
  return isNode(row) ? [row] : view.selection;
}

export function isNode(value: unknown): value is EntityNode {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const kinds: readonly unknown[] = ['type', 'name', 'mention', 'more'] satisfies EntityNode['kind'][];
  return kinds.includes(value.kind);
}
