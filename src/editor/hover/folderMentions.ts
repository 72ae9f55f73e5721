import type * as vscode from 'vscode';
import { nameKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';
import type { TaggedFiles } from '../entities/taggedFiles';

/** Mentions. In a larger folder the sum is left out: a hover must be quick. */
const maxCounted = 200_000;

/**
 * How often a name is mentioned in the other documents of tagged folders.
 *
 * @returns undefined when no folder was tagged, or too much was found in it to count at each hover.
 */
export function mentionsElsewhere(
  { name, type }: Entity,
  document: vscode.TextDocument,
  files: TaggedFiles,
): number | undefined {
  if (files.size === 0) return undefined;
  const wanted = nameKey(name);
  const own = document.uri.toString();
  const verdicts = new Map<string, boolean>();
  let seen = 0;
  let found = 0;
  for (const { uri, entities } of files.all()) {
    seen += entities.length;
    if (seen > maxCounted) return undefined;
    if (uri.toString() === own) continue;
    for (const entity of entities) {
      if (entity.type !== type) continue;
      const verdict = verdicts.get(entity.name) ?? nameKey(entity.name) === wanted;
      verdicts.set(entity.name, verdict);
      if (verdict) found++;
    }
  }
  return found;
}
