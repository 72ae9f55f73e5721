import * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import { commandIds } from '../commandIds';
import type { EntityNode, MentionNode, MoreNode, NameNode, TypeNode } from './entityTree';
import type { Snippet } from './snippet';
import { typeHeading, typeIcon, typeName } from './typeLooks';
import { count, documents, mentions, names, percent } from './words';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function typeRow(node: TypeNode): vscode.TreeItem {
  const row = rowOf(node, typeHeading(node.type), Expanded);
  row.description = count(node.count);
  row.iconPath = typeIcon(node.type);
  row.tooltip = sentence([typeHeading(node.type), mentions(node.count), names(node.names.length)]);
  row.accessibilityInformation = { label: row.tooltip };
  return row;
}

export function nameRow(node: NameNode): vscode.TreeItem {
  const row = rowOf(node, node.name, Collapsed);
  const total = node.mentions.length;
  row.description = count(total);
  const also = node.otherSpellings.length > 0 ? [vscode.l10n.t('also {0}', someOf(node.otherSpellings))] : [];
  const files = new Set(node.mentions.map(({ document }) => document)).size;
  const where = files > 1 ? [documents(files)] : [];
  row.tooltip = sentence([node.name, typeName(node.type), mentions(total), ...where, ...also]);
  row.accessibilityInformation = { label: row.tooltip };
  return row;
}

export interface MentionRowOptions {
  readonly snippet: Snippet | undefined;
  /** Whether mentions of several documents stand in one list. */
  readonly namesDocument: boolean;
}

export function mentionRow(node: MentionNode, options: MentionRowOptions): vscode.TreeItem {
  const { entity, document } = node.mention;
  const { snippet, namesDocument } = options;
  const place = placeOf(document, snippet, namesDocument);
  const row = rowOf(node, place, None);
  const quoted = snippet ? `“${snippet.text}”` : entity.name;
  row.description = quoted;
  row.tooltip = mentionTooltip(entity, place, quoted);
  row.accessibilityInformation = {
    label: sentence([entity.name, typeName(entity.type), place, percent(entity.probability), quoted]),
  };
  row.command = {
    command: commandIds.revealMention,
    title: vscode.l10n.t('Go to Mention'),
    arguments: [node],
  };
  return row;
}

export function moreRow(node: MoreNode): vscode.TreeItem {
  return rowOf(node, vscode.l10n.t('{0} more', count(node.hidden)), Collapsed);
}

function rowOf(
  node: EntityNode,
  label: string,
  collapsibleState: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const row = new vscode.TreeItem(label, collapsibleState);
  row.id = node.id;
  row.contextValue = node.kind;
  return row;
}

function placeOf(document: string, snippet: Snippet | undefined, namesDocument: boolean): string {
  if (!namesDocument)
    return snippet ? vscode.l10n.t('line {0}', count(snippet.line)) : vscode.l10n.t('mention');
  const path = vscode.Uri.parse(document).path;
  const file = path.slice(path.lastIndexOf('/') + 1);
  return snippet ? `${file}:${snippet.line}` : file;
}

/** A plain string: text of the document is never read as Markdown. */
function mentionTooltip(entity: Entity, place: string, quoted: string): string {
  return `${entity.name} (${sentence([typeName(entity.type), percent(entity.probability), place])})\n${quoted}`;
}

function someOf(spellings: readonly string[]): string {
  const shown = spellings.slice(0, 5).join(', ');
  return spellings.length > 5 ? `${shown} …` : shown;
}

function sentence(parts: readonly string[]): string {
  return parts.join(', ');
}
