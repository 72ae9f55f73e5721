import type { EntityNode } from '../entities/entityTree';
import type { EntitiesView } from '../entities/entitiesView';

/**
 * The rows that a command is about: those that the editor hands over from a menu (the row, and all selected when
 * it is one of them), otherwise the selection.
 */
export function nodesFrom(args: readonly unknown[], view: EntitiesView): readonly EntityNode[] {
  const [row, selected] = args;
  if (Array.isArray(selected) && selected.every(isNode)) return selected;
  return isNode(row) ? [row] : view.selection;
}

export function isNode(value: unknown): value is EntityNode {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const kinds: readonly unknown[] = ['type', 'name', 'mention', 'more'] satisfies EntityNode['kind'][];
  return kinds.includes(value.kind);
}
