import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Entity } from '../../core/types';
import { entityAt } from '../annotations/entityLookup';
import { isMentionLink, type MentionLink } from '../commandIds';
import { toOffset } from '../convert';
import { conceptQuery, nameQuery, type NameQuery } from '../../runtime/folder/mentionSearch';
import type { EntitySource } from '../entities/entitySource';
import type { EntitiesView } from '../entities/entitiesView';
import type { MentionGroup } from '../../runtime/folder/grouping';
import { mentionMatcher } from '../../runtime/folder/sameConcept';
import { selectedNodes } from '../commands/selectedNodes';

/** Longer text is no name. */
const maxNameLength = 200;

/** A name to search for. */
export interface MentionTarget {
  readonly name: string;
  /** Finds the name in the text of documents that were not tagged. */
  readonly query: NameQuery;
  /** Tells which entities are mentions. Undefined for a word that is no entity, which is sought in the text alone. */
  readonly isMention?: (entity: Entity) => boolean;
  /** The document in which the name was found, which is searched first. Default: none. */
  readonly uri?: vscode.Uri;
  /** The place of the name in this document. */
  readonly offset?: number;
}

/**
 * Returns the name that a command refers to: from the link of a hover, a row of the list, or the caret. Undefined if the
 * caret is on no entity, and nothing is selected.
 */
export function mentionTarget(
  args: readonly unknown[],
  source: EntitySource,
  view: EntitiesView,
): MentionTarget | undefined {
  const [link] = args;
  if (isMentionLink(link)) return targetOfLink(link, source);
  const fromList = args.length > 0 ? targetFromList(args, source, view) : undefined;
  return fromList ?? targetAtCaret(source);
}

function targetFromList(
  args: readonly unknown[],
  source: EntitySource,
  view: EntitiesView,
): MentionTarget | undefined {
  const [node] = selectedNodes(args, view);
  if (node?.kind !== 'name' && node?.kind !== 'mention') return undefined;
  const name = node.kind === 'name' ? node : node.parent;
  const mention = node.kind === 'mention' ? node.mention : name.mentions[0];
  if (!mention) return undefined;
  const uri = vscode.Uri.parse(mention.document);
  return { ...targetOfName(name, source), uri, offset: mention.entity.start };
}

/** Searches for a name of the list or of the index, under all its spellings. */
export function targetOfName(
  { type, name, spellings, concepts = [], mentions }: Omit<MentionGroup, 'key' | 'isUnknown'>,
  source: EntitySource,
): MentionTarget {
  const [first] = mentions;
  const abbreviations = (first && source.get(vscode.Uri.parse(first.document))?.abbreviations) ?? [];
  const byName = nameQuery(type, [name, ...spellings.map((each) => each.name)], abbreviations);
  const query = conceptQuery(byName, concepts, source.all());
  return { name, query, isMention: mentionMatcher({ name, type, concepts }, query.variants) };
}

/** Searches for a name that no document has as an entity. */
export function targetOfText(text: string): MentionTarget {
  return { name: text, query: nameQuery(undefined, [text], []) };
}

function targetOfLink(link: MentionLink, source: EntitySource): MentionTarget {
  const uri = vscode.Uri.parse(link.uri);
  const tagged = source.get(uri);
  const entity = tagged && entityAt(tagged.entities, link.start);
  if (entity) return targetOf(uri, entity, source);
  if (link.name !== undefined) {
    const byName = nameQuery(link.type, [link.name], tagged?.abbreviations ?? []);
    const concepts = (link.concepts ?? []).map((id) => ({ id }));
    const query = conceptQuery(byName, concepts, source.all());
    const found = { name: link.name, query, uri, offset: link.start };
    if (link.type === undefined) return found;
    return {
      ...found,
      isMention: mentionMatcher({ name: link.name, type: link.type, concepts }, byName.variants),
    };
  }
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('The mention is not there any more.'),
    vscode.l10n.t('Rest the pointer on it again.'),
  );
}

function targetOf(uri: vscode.Uri, entity: Entity, source: EntitySource): MentionTarget {
  const { type, name, start, concepts = [] } = entity;
  const abbreviations = source.get(uri)?.abbreviations ?? [];
  const byName = nameQuery(type, [name], abbreviations, start);
  const query = conceptQuery(byName, concepts, source.all());
  return { name, query, isMention: mentionMatcher(entity, byName.variants), uri, offset: start };
}

/** The entity at the caret, or else the selected text. */
function targetAtCaret(source: EntitySource): MentionTarget | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const tagged = source.get(document.uri);
  const entity = tagged && entityAt(tagged.entities, toOffset(document, selection.active));
  if (entity && (selection.isEmpty || selection.isSingleLine)) return targetOf(document.uri, entity, source);
  const name = document.getText(selection).trim();
  if (name === '' || name.length > maxNameLength) return undefined;
  const query = nameQuery(undefined, [name], tagged?.abbreviations ?? []);
  return { name, query, uri: document.uri };
}

/** The word at the caret. Undefined if there is none. */
export function wordAtCaret(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /[\p{L}\p{N}-]+/u);
  return range && editor?.document.getText(range);
}
