import { isDefaultType } from '../../core/entities/entityTypes';
import type { ConceptLink, EntityType } from '../../core/types';
import { conceptTexts } from './conceptLabels';
import type { Mention, MentionGroup, Spelling } from '../../runtime/folder/grouping';

/** Orders of the names below a type. */
export const sortOrders = ['count', 'name', 'position'] as const;
export type SortOrder = (typeof sortOrders)[number];

export interface TypeNode {
  readonly kind: 'type';
  readonly id: string;
  readonly type: EntityType;
  /** Number of mentions. */
  readonly count: number;
  readonly names: readonly NameNode[];
}

export interface NameNode {
  readonly kind: 'name';
  readonly id: string;
  readonly type: EntityType;
  /** The most frequent spelling. */
  readonly name: string;
  /** All spellings, in order of first mention. */
  readonly spellings: readonly Spelling[];
  /** The concepts that the mentions refer to; undefined if they are not linked. */
  readonly concepts: readonly ConceptLink[] | undefined;
  /** True if the terminology has no concept for the name, although it has concepts of the type. */
  readonly isUnknown: boolean;
  readonly mentions: readonly Mention[];
}

export interface MentionNode {
  readonly kind: 'mention';
  readonly id: string;
  readonly parent: NameNode;
  readonly mention: Mention;
}

/** A row that stands for the children of `parent` from index `from` on. */
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
  /**
   * Words that must all occur in a spelling, the preferred name or the identifier, ignoring case. An empty string
   * matches every name.
   */
  readonly filter: string;
  /** The order of types. Other types follow in the order of their first mention. */
  readonly typeOrder: readonly EntityType[];
  /** Compares names by the rules of the user's language. */
  readonly compareNames: (a: string, b: string) => number;
}

/**
 * Number of children that are listed before the rest is folded into a "more" row. VS Code requests every row of an
 * open level each time the list changes, so long levels are slow.
 */
export const pageSize = 500;

/** Builds the rows of types and names, filtered and sorted. Rows of mentions are created later, by {@link childrenOf}. */
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
  // The groups are in order of first mention. The sort is stable, so ties stay in this order.
  if (options.order === 'count') groups.sort((a, b) => b.mentions.length - a.mentions.length);
  if (options.order === 'name') groups.sort((a, b) => options.compareNames(a.name, b.name));
  const names = groups.map(nameNode);
  return { kind: 'type', id, type, count: names.reduce((sum, name) => sum + name.mentions.length, 0), names };
}

function nameNode({ key, type, isUnknown, ...group }: MentionGroup): NameNode {
  const { name, spellings, concepts, mentions } = group;
  const shown = { name, spellings, concepts, mentions };
  // Shipped terminologies have no concepts of the other types.
  return { kind: 'name', id: `name:${key}`, type, ...shown, isUnknown: isUnknown && isDefaultType(type) };
}

function nameMatcher(filter: string): (group: MentionGroup) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  const contains = (name: string): boolean => {
    const folded = name.toLowerCase();
    return words.every((word) => folded.includes(word));
  };
  return ({ spellings, concepts = [] }) =>
    spellings.some(({ name }) => contains(name)) || conceptTexts(concepts).some(contains);
}

/** Returns the rows below a row. Rows of mentions are created here, when the user expands a name. */
export function childrenOf(node: EntityNode, size = pageSize): EntityNode[] {
  if (node.kind === 'mention') return [];
  const parent = node.kind === 'more' ? node.parent : node;
  const from = node.kind === 'more' ? node.from : 0;
  const total = parent.kind === 'type' ? parent.names.length : parent.mentions.length;
  // A "more" row for a single child would be as long as the child itself.
  const end = total - from <= size + 1 ? total : from + size;
  const rows: EntityNode[] =
    parent.kind === 'type'
      ? parent.names.slice(from, end)
      : Array.from({ length: end - from }, (_, index) => mentionNode(parent, from + index));
  if (end < total)
    rows.push({ kind: 'more', id: `${parent.id}\nmore ${end}`, parent, from: end, hidden: total - end });
  return rows;
}

/** @param index Index among the mentions of the name. Unlike an offset it is stable when the text above is edited. */
function mentionNode(parent: NameNode, index: number): MentionNode {
  const mention = parent.mentions[index];
  if (!mention) throw new RangeError(`No mention ${index}`);
  return { kind: 'mention', id: `${parent.id}\n${index}`, parent, mention };
}
