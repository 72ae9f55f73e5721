import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Entity } from '../../core/types';
import { entityAt } from '../annotations/find';
import { isMentionLink, type MentionLink } from '../commandIds';
import { toOffset } from '../convert';
import { soughtName, type SoughtName } from '../entities/mentionSearch';
import type { EntitySource } from '../entities/source';
import type { EntitiesView } from '../entities/entitiesView';
import { nodesFrom } from './nodes';

/** A name to look for, and the place that it was met at. */
export interface MentionTarget {
  readonly name: string;
  readonly sought: SoughtName;
  readonly uri: vscode.Uri;
  readonly offset: number;
}

/** What a command is about: the link of a hover, a row of the list, or what the caret is in. */
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
  const [node] = nodesFrom(args, view);
  if (node?.kind !== 'name' && node?.kind !== 'mention') return undefined;
  const name = node.kind === 'name' ? node : node.parent;
  const mention = node.kind === 'mention' ? node.mention : name.mentions[0];
  if (!mention) return undefined;
  const uri = vscode.Uri.parse(mention.document);
  const abbreviations = source.get(uri)?.abbreviations ?? [];
  const sought = soughtName(name.type, [name.name, ...name.otherSpellings], abbreviations);
  return { name: name.name, sought, uri, offset: mention.entity.start };
}

function targetOfLink(link: MentionLink, source: EntitySource): MentionTarget {
  const uri = vscode.Uri.parse(link.uri);
  const known = source.get(uri);
  const entity = known && entityAt(known.entities, link.start);
  if (entity) return targetOf(uri, entity, source);
  if (link.name !== undefined) {
    const sought = soughtName(link.type, [link.name], known?.abbreviations ?? []);
    return { name: link.name, sought, uri, offset: link.start };
  }
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('The mention is not there any more.'),
    vscode.l10n.t('Rest the pointer on it again.'),
  );
}

function targetOf(uri: vscode.Uri, entity: Entity, source: EntitySource): MentionTarget {
  const { type, name, start } = entity;
  const abbreviations = source.get(uri)?.abbreviations ?? [];
  return { name, sought: soughtName(type, [name], abbreviations), uri, offset: start };
}

/** Where nothing is tagged, the selection or the word at the caret is looked for as it is written. */
function targetAtCaret(source: EntitySource): MentionTarget {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw nothingToFind();
  const { document, selection } = editor;
  const offset = toOffset(document, selection.active);
  const known = source.get(document.uri);
  const entity = known && entityAt(known.entities, offset);
  if (entity && (selection.isEmpty || selection.isSingleLine)) return targetOf(document.uri, entity, source);
  const range = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active, /[\p{L}\p{N}-]+/u)
    : selection;
  const name = range ? document.getText(range).trim() : '';
  if (!range || name === '' || name.length > 200) throw nothingToFind();
  const sought = soughtName(undefined, [name], known?.abbreviations ?? []);
  return { name, sought, uri: document.uri, offset: toOffset(document, range.start) };
}

function nothingToFind(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('There is no name at the caret.'),
    vscode.l10n.t('Put the caret on a name, or select one.'),
  );
}
