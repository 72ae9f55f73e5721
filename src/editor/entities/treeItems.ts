import * as vscode from 'vscode';
import { shortenedName } from '../../core/records/record';
import type { ConceptLink, Entity } from '../../core/types';
import { commandIds } from '../commandIds';
import { escapeMarkdown } from '../escapeMarkdown';
import type { EntityNode, MentionNode, MoreNode, NameNode, TypeNode } from './entityTree';
import { conceptsLabel, sourcedLabel } from './conceptLabels';
import type { Spelling } from '../../runtime/folder/grouping';
import type { Snippet } from './snippet';
import { typeHeading, typeIcon, typeName } from './typeLooks';
import { formatCount, mentionsLabel, namesLabel, formatPercent } from './countLabels';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function typeItem(node: TypeNode): vscode.TreeItem {
  const row = createItem(node, typeHeading(node.type), Expanded);
  row.description = formatCount(node.count);
  row.iconPath = typeIcon(node.type);
  row.tooltip = sentence([typeHeading(node.type), mentionsLabel(node.count), namesLabel(node.names.length)]);
  row.accessibilityInformation = { label: row.tooltip };
  return row;
}

/** @param papers The number of papers and documents with mentions of the name, in words. Default: it is not shown. */
export function nameItem(node: NameNode, papers?: string): vscode.TreeItem {
  const row = createItem(node, node.name, Collapsed);
  const total = node.mentions.length;
  row.description = [formatCount(total), ...linkWords(node)].join(' · ');
  const where = papers === undefined ? [] : [papers];
  const lines = [
    sentence([node.name, typeName(node.type), mentionsLabel(total), ...where]),
    ...(node.concepts ?? []).map(conceptLine),
    ...(node.isUnknown ? [vscode.l10n.t('not linked')] : []),
    ...(node.spellings.length > 1 ? [spellingsLine(node.spellings)] : []),
  ];
  row.tooltip = lines.join('\n');
  row.accessibilityInformation = { label: sentence(lines) };
  return row;
}

function linkWords({ name, concepts, isUnknown }: NameNode): readonly string[] {
  if (concepts) return [conceptsLabel(concepts, name)];
  return isUnknown ? [vscode.l10n.t('not linked')] : [];
}

function conceptLine(concept: ConceptLink): string {
  const species = concept.species === undefined ? [] : [concept.species];
  return `${concept.name} (${sentence([sourcedLabel(concept), ...species])})`;
}

/** Maximum number of spellings in a tooltip. */
const maxSpellings = 30;

/** Lists the spellings with their counts, most frequent first. */
function spellingsLine(spellings: readonly Spelling[]): string {
  const shown = spellings
    .toSorted((a, b) => b.count - a.count)
    .slice(0, maxSpellings)
    .map(({ name, count }) => `${name} (${formatCount(count)})`);
  return vscode.l10n.t('Spellings: {0}', shown.join(', ') + (spellings.length > maxSpellings ? ' …' : ''));
}

export interface MentionItemOptions {
  readonly snippet: Snippet | undefined;
  /** True if the list contains several documents, so that the label needs the file name. */
  readonly hasSeveralDocuments: boolean;
  /** The name of the publication that the mention is in, if the list contains several. */
  readonly publication?: string | undefined;
}

export function mentionItem(node: MentionNode, options: MentionItemOptions): vscode.TreeItem {
  const { entity, document } = node.mention;
  const { snippet, hasSeveralDocuments, publication } = options;
  const position = placeLabel(document, snippet, hasSeveralDocuments);
  const place = publication === undefined ? position : sentence([publication, position]);
  const row = createItem(node, publication === undefined ? position : shortened(publication), None);
  const quoted = snippet ? `“${snippet.text}”` : entity.name;
  row.description = quoted;
  row.tooltip = mentionTooltip(entity, { publication, position, sentence: snippet?.sentence ?? entity.name });
  row.accessibilityInformation = {
    label: sentence([entity.name, typeName(entity.type), place, formatPercent(entity.probability), quoted]),
  };
  row.command = {
    command: commandIds.revealMention,
    title: vscode.l10n.t('Go to Mention'),
    arguments: [node],
  };
  return row;
}

export function moreItem(node: MoreNode): vscode.TreeItem {
  return createItem(node, vscode.l10n.t('{0} more', formatCount(node.hidden)), Collapsed);
}

function createItem(
  node: EntityNode,
  label: string,
  collapsibleState: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const row = new vscode.TreeItem(label, collapsibleState);
  row.id = node.id;
  row.contextValue = node.kind;
  return row;
}

function placeLabel(document: string, snippet: Snippet | undefined, namesDocument: boolean): string {
  if (!namesDocument)
    return snippet ? vscode.l10n.t('line {0}', formatCount(snippet.line)) : vscode.l10n.t('mention');
  const path = vscode.Uri.parse(document).path;
  const file = path.slice(path.lastIndexOf('/') + 1);
  return snippet ? `${file}:${snippet.line}` : file;
}

/** Number of characters of a publication's name in a row, so that some of the quoted sentence is in sight too. */
const maxPublicationName = 28;

function shortened(name: string): string {
  return shortenedName(name, maxPublicationName);
}

/** The whole name of the paper, the whole sentence, and what the mention is: VS Code cuts the row. */
function mentionTooltip(
  { name, type, probability }: Entity,
  shown: {
    readonly publication: string | undefined;
    readonly position: string;
    readonly sentence: string;
  },
): vscode.MarkdownString {
  const { publication, position, sentence: quoted } = shown;
  const title = publication === undefined ? [] : [`**${escapeMarkdown(publication)}**`];
  const facts = [position, name, typeName(type), formatPercent(probability)].join(' · ');
  return new vscode.MarkdownString([...title, escapeMarkdown(quoted), escapeMarkdown(facts)].join('\n\n'));
}

function sentence(parts: readonly string[]): string {
  return parts.join(', ');
}
