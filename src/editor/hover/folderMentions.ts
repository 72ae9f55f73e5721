import type * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import { mentionMatcher } from '../entities/sameConcept';
import type { TaggedFiles } from '../entities/taggedFiles';

/** Maximum number of mentions to search. In a larger folder no number is shown, since a hover must be quick. */
const maxSearchedMentions = 200_000;

/**
 * Counts the mentions of the same concept, or of the same name if it is not linked, in the other documents of tagged
 * folders.
 *
 * @returns undefined if no folder was tagged, or if the folders have too many mentions to count at each hover.
 */
export function countMentionsElsewhere(
  entity: Entity,
  document: vscode.TextDocument,
  files: TaggedFiles,
): number | undefined {
  if (files.size === 0) return undefined;
  const documentName = document.uri.toString();
  const isWanted = mentionMatcher(entity);
  let seen = 0;
  let matches = 0;
  for (const { uri, entities } of files.all()) {
    seen += entities.length;
    if (seen > maxSearchedMentions) return undefined;
    if (uri.toString() === documentName) continue;
    for (const other of entities) if (isWanted(other)) matches++;
  }
  return matches;
}
