import type * as vscode from 'vscode';
import type { Entity, PublicationPlace, Span } from '../../core/types';
import { publicationIn } from '../documents/publicationIn';
import { mentionMatcher } from '../entities/sameConcept';
import type { TaggedFiles } from '../entities/taggedFiles';

/** Maximum number of mentions to search. In a larger folder no number is shown, since a hover must be quick. */
const maxSearchedMentions = 200_000;

/** The mentions in other papers of the folder. */
export interface MentionsElsewhere {
  readonly mentions: number;
  /** Number of other papers with such mentions. */
  readonly papers: number;
  /** Number of other documents with such mentions that name no publication. */
  readonly documents: number;
}

/**
 * Counts the mentions of the same concept, or of the same name if it is not linked, in the other papers of the folder, which
 * may be in the same file.
 *
 * @param here The publication that the mention is in. Default: the whole document is one.
 * @returns undefined if no folder was read, or if the folders have too many mentions to count at each hover.
 */
export function countMentionsElsewhere(
  entity: Entity,
  document: vscode.TextDocument,
  files: TaggedFiles,
  here?: PublicationPlace,
): MentionsElsewhere | undefined {
  if (!files.isComplete || files.size === 0) return undefined;
  const documentName = document.uri.toString();
  const isWanted = mentionMatcher(entity);
  const papers = new Set<string>();
  const documents = new Set<string>();
  let seen = 0;
  let mentions = 0;
  for (const { uri, entities, publications } of files.all()) {
    seen += entities.length;
    if (seen > maxSearchedMentions) return undefined;
    const isHere = uri.toString() === documentName;
    if (isHere && !here) continue;
    for (const other of entities) {
      if ((isHere && here && isWithin(other, here)) || !isWanted(other)) continue;
      mentions++;
      const name = publicationIn(publications, other.start)?.name;
      if (name === undefined) documents.add(uri.toString());
      else papers.add(name);
    }
  }
  if (here?.name !== undefined) papers.delete(here.name);
  return { mentions, papers: papers.size, documents: documents.size };
}

/** Whether a mention is in the publication of a place. */
function isWithin({ start }: Span, place: Span): boolean {
  return place.start <= start && start < place.end;
}
