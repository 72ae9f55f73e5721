import type { EntityType } from '../../core/types';
import type { Mention, MentionGroup } from './grouping';

/** How names are ordered below a type. */
export const sortOrders = ['count', 'name', 'position'] as const;
export type SortOrder = (typeof sortOrders)[number];

export interface TypeNode {
  readonly kind: 'type';
  readonly id: string;
  readonly type: EntityType;
  /** Mentions in all. */
  readonly count: number;
  readonly names: readonly NameNode[];
}

export interface NameNode {
  readonly kind: 'name';
  readonly id: string;
  readonly type: EntityType;
  readonly name: string;
  /** Spellings other than `name`, in order of first mention. */
  readonly otherSpellings: readonly string[];
  readonly mentions: readonly Mention[];
}

export interface MentionNode {
  readonly kind: 'mention';
  readonly id: string;
  readonly parent: NameNode;
  readonly mention: Mention;
}

/** The children from `from` on, folded into one row. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: TypeNode | NameNode;
  readonly from: number;
  readonly hidden: number;
}

export type EntityNode = TypeNode | NameNode | MentionNode | MoreNode;

export interface TreeOptions {
  readonly order: SortOrder;
  /** Words that must all occur in a name, in any case. Empty: everything. */
  readonly filter: string;
  /** Types in the order to list them; others follow in the order of their first mention. */
  readonly typeOrder: readonly EntityType[];
  /** Compares names as a reader of the user's language would. */
  readonly compareNames: (a: string, b: string) => number;
}

/**
 * Children listed below one row before the rest is folded into a "more" row: an editor asks for every row of an
 * open level each time the list changes.
 */
export const pageSize = 500;

/** Type → names, filtered and ordered. The rows of mentions are made when a name is opened: {@link childrenOf}. */
export function buildTree(groups: readonly MentionGroup[], options: TreeOptions): TypeNode[] {
  const byType = new Map<EntityType, MentionGroup[]>(options.typeOrder.map((type) => [type, []]));
  const matches = nameMatcher(options.filter);
  for (const group of groups) {
    if (!matches(group)) continue;
    const list = byType.get(group.type);
    if (list) list.push(group);
    else byType.set(group.type, [group]);
  }
  return [...byType].flatMap(([type, list]) => (list.length === 0 ? [] : [typeNode(type, list, options)]));
}

function typeNode(type: EntityType, groups: MentionGroup[], options: TreeOptions): TypeNode {
  const id = `type:${type}`;
  // The groups come in order of first mention, and the sort is stable: ties keep the order of the text.
  if (options.order === 'count') groups.sort((a, b) => b.mentions.length - a.mentions.length);
  if (options.order === 'name') groups.sort((a, b) => options.compareNames(a.name, b.name));
  const names = groups.map(nameNode);
  return { kind: 'type', id, type, count: names.reduce((sum, name) => sum + name.mentions.length, 0), names };
}

function nameNode({ key, type, name, spellings, mentions }: MentionGroup): NameNode {
  const otherSpellings = spellings.filter((spelling) => spelling !== name);
  return { kind: 'name', id: `name:${key}`, type, name, otherSpellings, mentions };
}

function nameMatcher(filter: string): (group: MentionGroup) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  const contains = (name: string): boolean => {
    const folded = name.toLowerCase();
    return words.every((word) => folded.includes(word));
  };
  return ({ spellings }) => spellings.some(contains);
}

/** The rows below a row; mentions are made here, when a name is opened. */
export function childrenOf(node: EntityNode, size = pageSize): EntityNode[] {
  if (node.kind === 'mention') return [];
  const parent = node.kind === 'more' ? node.parent : node;
  const from = node.kind === 'more' ? node.from : 0;
  const total = parent.kind === 'type' ? parent.names.length : parent.mentions.length;
  // A "more" row for a single child would take the place of that child.
  const end = total - from <= size + 1 ? total : from + size;
  const rows: EntityNode[] =
    parent.kind === 'type'
      ? parent.names.slice(from, end)
      : Array.from({ length: end - from }, (_, index) => mentionNode(parent, from + index));
  if (end < total)
    rows.push({ kind: 'more', id: `${parent.id}\nmore ${end}`, parent, from: end, hidden: total - end });
  return rows;
}

/** @param index Place among the mentions of the name: it stays while the text above is edited, as an offset would not. */
function mentionNode(parent: NameNode, index: number): MentionNode {
  const mention = parent.mentions[index];
  if (!mention) throw new RangeError(`No mention ${index}`);
  return { kind: 'mention', id: `${parent.id}\n${index}`, parent, mention };
}
