import * as vscode from 'vscode';
import { shippedTypes } from '../../core/entities/entityTypes';
import { nameKey } from '../../core/text/mentions';
import { createPacer } from '../pacer';
import { buildTree, type SortOrder, type TypeNode } from './entityTree';
import { groupMentions, type DocumentEntities } from '../../runtime/folder/grouping';

/** Builds the tree of the entities view. It caches the keys of names, which are the expensive part. */
export class TreeBuilder {
  private readonly compareNames = new Intl.Collator(vscode.env.language, {
    numeric: true,
    sensitivity: 'base',
  }).compare;

  private readonly keyOf = cachedNameKey();

  /** Pauses regularly, so that a long list does not block the extension host. */
  async build(
    documents: readonly DocumentEntities[],
    { order, filter }: { readonly order: SortOrder; readonly filter: string },
  ): Promise<readonly TypeNode[]> {
    const { keyOf, compareNames } = this;
    const groups = await groupMentions(documents, { keyOf, pace: createPacer() });
    return buildTree(groups, { order, filter, typeOrder: shippedTypes, compareNames });
  }
}

/** Maximum number of cached names. When it is reached, the cache is cleared. */
const maxCachedNames = 50_000;

function cachedNameKey(): (name: string) => string {
  const keys = new Map<string, string>();
  return (name) => {
    const cached = keys.get(name);
    if (cached !== undefined) return cached;
    if (keys.size >= maxCachedNames) keys.clear();
    const key = nameKey(name);
    keys.set(name, key);
    return key;
  };
}
