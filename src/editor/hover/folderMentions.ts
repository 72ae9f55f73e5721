import type * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import { namesInSameFile } from '../documents/notebookCells';
import type { EntitySource } from '../entities/entitySource';
import { countMentions, type MentionCounts, mentionsInFolder } from '../../runtime/folder/mentionsInFolder';
import { nameQuery } from '../../runtime/folder/mentionSearch';
import { mentionMatcher } from '../../runtime/folder/sameConcept';
import type { TaggedFiles } from '../entities/taggedFiles';

/** Maximum number of mentions to search. In a larger folder no number is shown, since a hover must be quick. */
const maxSearchedMentions = 200_000;

/** The documents of the folder. */
export interface TaggedFolder {
  readonly files: Pick<TaggedFiles, 'isComplete' | 'size'>;
  readonly source: Pick<EntitySource, 'all'>;
}

/**
 * Counts the mentions of the same concept, or of the same name if it is not linked, in the other papers of the folder, which
 * may be in the same file. Copies of the entity's paper do not count, and for a cell of a notebook the rest of the notebook.
 *
 * @returns undefined if no folder was read, or if the folders have too many mentions to count at each hover.
 */
export function countMentionsElsewhere(
  entity: Entity,
  document: vscode.TextDocument,
  { files, source }: TaggedFolder,
): MentionCounts | undefined {
  if (!files.isComplete || files.size === 0) return undefined;
  const documents = source.all();
  const searched = documents.reduce((sum, { entities }) => sum + entities.length, 0);
  if (searched > maxSearchedMentions) return undefined;
  const here = { document: document.uri.toString(), offset: entity.start };
  const own = documents.find(({ document: name }) => name === here.document);
  const { variants } = nameQuery(entity.type, [entity.name], own?.abbreviations ?? [], entity.start);
  const sameFile = namesInSameFile(document.uri);
  const searchedDocuments = documents.filter(
    ({ document: name }) => name === here.document || !sameFile.includes(name),
  );
  const { papers } = mentionsInFolder(searchedDocuments, mentionMatcher(entity, variants), here);
  return countMentions(papers.filter(({ isHere }) => !isHere));
}
