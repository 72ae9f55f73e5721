import type * as vscode from 'vscode';
import { nameKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';
import type { TaggedFiles } from '../entities/taggedFiles';

/** Maximum number of mentions to search. In a larger folder no number is shown, since a hover must be quick. */
const maxSearchedMentions = 200_000;

/**
 * Counts the mentions of a name in the other documents of tagged folders.
 *
 * @returns undefined if no folder was tagged, or if the folders have too many mentions to count at each hover.
 */
export function countMentionsElsewhere(
  { name, type }: Entity,
  document: vscode.TextDocument,
  files: TaggedFiles,
): number | undefined {
  if (files.size === 0) return undefined;
  const wanted = nameKey(name);
  const documentName = document.uri.toString();
  const isWanted = new Map<string, boolean>();
  let seen = 0;
  let matches = 0;
  for (const { uri, entities } of files.all()) {
    seen += entities.length;
    if (seen > maxSearchedMentions) return undefined;
    if (uri.toString() === documentName) continue;
    for (const entity of entities) {
      if (entity.type !== type) continue;
      const isMatch = isWanted.get(entity.name) ?? nameKey(entity.name) === wanted;
      isWanted.set(entity.name, isMatch);
      if (isMatch) matches++;
    }
  }
  return matches;
}
