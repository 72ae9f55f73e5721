import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Entity } from '../../core/types';
import { entityAt } from '../annotations/entityLookup';
import { isMentionLink, type MentionLink } from '../commandIds';
import { toOffset } from '../convert';
import { conceptQuery, nameQuery, type NameQuery } from '../entities/mentionSearch';
import type { EntitySource } from '../entities/entitySource';
import type { EntitiesView } from '../entities/entitiesView';
import { selectedNodes } from './selectedNodes';

/** A name to search for, and a place where it occurs. */
export interface MentionTarget {
  readonly name: string;
  readonly query: NameQuery;
  readonly uri: vscode.Uri;
  readonly offset: number;
}

/** Returns the name that a command refers to: from the link of a hover, a row of the list, or the caret. */
export function mentionTarget(
  args: readonly unknown[],
  source: EntitySource,
  view: EntitiesView,
): MentionTarget {
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
  const abbreviations = source.get(uri)?.abbreviations ?? [];
  const spellings = [name.name, ...name.spellings.map((each) => each.name)];
  const byName = nameQuery(name.type, spellings, abbreviations);
  const query = conceptQuery(byName, name.concepts ?? [], source.all());
  return { name: name.name, query, uri, offset: mention.entity.start };
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
    return { name: link.name, query, uri, offset: link.start };
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
  return { name, query: conceptQuery(byName, concepts, source.all()), uri, offset: start };
}

/** Returns the entity at the caret. If no entity is there, the selection or the word at the caret is the name. */
function targetAtCaret(source: EntitySource): MentionTarget {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw nothingToFind();
  const { document, selection } = editor;
  const offset = toOffset(document, selection.active);
  const tagged = source.get(document.uri);
  const entity = tagged && entityAt(tagged.entities, offset);
  if (entity && (selection.isEmpty || selection.isSingleLine)) return targetOf(document.uri, entity, source);
  const range = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active, /[\p{L}\p{N}-]+/u)
    : selection;
  const name = range ? document.getText(range).trim() : '';
  if (!range || name === '' || name.length > 200) throw nothingToFind();
  const query = nameQuery(undefined, [name], tagged?.abbreviations ?? []);
  return { name, query, uri: document.uri, offset: toOffset(document, range.start) };
}

function nothingToFind(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('There is no name at the caret.'),
    vscode.l10n.t('Put the caret on a name, or select one.'),
  );
}
