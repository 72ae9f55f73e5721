import * as vscode from 'vscode';
import type { Entity, Span } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import { modelIdentity } from '../../protocol/modelName';
import { commandIds, type MentionLink } from '../commandIds';
import { toRange } from '../convert';
import { typeName } from '../entities/typeLooks';
import { formatCount, formatPercent } from '../entities/countLabels';
import { figuresFor, nearestOthers, type MentionKnowledge } from './mentionKnowledge';
import { encodeForLink, linksFor } from './databaseLinks';
import type { RelatedName } from './relatedNames';

export interface HoverFacts extends MentionKnowledge {
  readonly document: vscode.TextDocument;
  readonly model: ModelInfo;
  /** True if the user has accepted the name or changed its type. */
  readonly isCurated: boolean;
  /** Names that are related to it in this document, from the relations found so far. */
  readonly related: readonly RelatedName[];
  /** Number of mentions in other documents of tagged folders; undefined if no folder was tagged. */
  readonly elsewhere: number | undefined;
}

/** Maximum number of links to other mentions. */
const maxLinkedMentions = 4;

/** Screen readers pause at this separator. */
const separator = ' · ';

/** Returns the content of a hover. Text of the document is inserted with {@link escapeMarkdown} only. */
export function mentionHover(facts: HoverFacts): vscode.MarkdownString {
  const content = new vscode.MarkdownString();
  // Links can run these commands only, whatever the document contains.
  content.isTrusted = {
    enabledCommands: [
      commandIds.findAllMentions,
      commandIds.revealMention,
      commandIds.acceptEntity,
      commandIds.rejectEntity,
      commandIds.retypeEntity,
      commandIds.undoEntity,
    ],
  };
  const { entity } = facts;
  const heading = `**${escapeMarkdown(entity.name)}** — ${escapeMarkdown(typeName(entity.type))}${separator}${formatPercent(entity.probability)}`;
  const parts = [
    [heading, longForm(facts)].filter(Boolean).join('  \n'),
    mentionsLine(facts),
    relatedLine(facts),
    linksFor(entity.type, facts.abbreviation?.longText ?? entity.name)
      .map(({ label, url }) => `[${label}](${url})`)
      .join(separator),
    modelLine(facts),
    curationLine(facts),
  ];
  return content.appendMarkdown(parts.filter(Boolean).join('\n\n'));
}

/** Returns the hover that is shown while the model is loading. */
export function loadingHover(): vscode.MarkdownString {
  const content = new vscode.MarkdownString(
    `$(loading~spin) ${escapeMarkdown(vscode.l10n.t('Loading the model …'))}`,
  );
  content.supportThemeIcons = true;
  return content;
}

function longForm({ abbreviation, document }: HoverFacts): string | undefined {
  if (!abbreviation) return undefined;
  const line = lineLink(document, abbreviation.short);
  const introduced = vscode.l10n.t('abbreviation introduced on {0}', '\u0000');
  return `${escapeMarkdown(abbreviation.longText)} (${escapeMarkdown(introduced).replace('\u0000', () => line)})`;
}

/** Returns the number of mentions in the document, links to the nearest ones, the number in the folder, and Find all. */
function mentionsLine({ mentions, elsewhere, entity, document }: HoverFacts): string {
  const parts: string[] = [];
  if (mentions) {
    const otherMentions = nearestOthers(mentions, entity, maxLinkedMentions);
    const lines = uniqueLines(document, otherMentions).map((span) => lineLink(document, span));
    parts.push([escapeMarkdown(countHere(mentions.length)), lines.join(', ')].filter(Boolean).join(': '));
  }
  if (elsewhere !== undefined) {
    parts.push(
      escapeMarkdown(vscode.l10n.t('{0} in this folder', formatCount(elsewhere + (mentions?.length ?? 0)))),
    );
  }
  const findAll = vscode.l10n.t('Find all');
  parts.push(commandLink(findAll, commandIds.findAllMentions, linkTo(document, entity, entity)));
  return parts.join(separator);
}

function relatedLine({ related, document }: HoverFacts): string {
  if (related.length === 0) return '';
  const names = related.map(({ name, relation, probability, evidence }) => {
    const link = commandLink(name, commandIds.revealMention, linkTo(document, evidence));
    return `${link} (${escapeMarkdown(relation.replace(/_/g, ' '))}, ${formatPercent(probability)})`;
  });
  return `${escapeMarkdown(vscode.l10n.t('Related here'))}: ${names.join(', ')}`;
}

function countHere(mentions: number): string {
  return mentions === 1
    ? vscode.l10n.t('1 mention here')
    : vscode.l10n.t('{0} mentions here', formatCount(mentions));
}

/** Keeps the first mention of each line. */
function uniqueLines(document: vscode.TextDocument, spans: readonly Span[]): Span[] {
  const byLine = new Map<number, Span>();
  for (const span of spans) {
    const { line } = toRange(document, span).start;
    if (!byLine.has(line)) byLine.set(line, span);
  }
  return [...byLine.values()];
}

function lineLink(document: vscode.TextDocument, span: Span): string {
  const label = vscode.l10n.t('line {0}', formatCount(toRange(document, span).start.line + 1));
  return commandLink(label, commandIds.revealMention, linkTo(document, span));
}

function linkTo(
  document: vscode.TextDocument,
  { start, end }: Span,
  named?: Pick<Entity, 'name' | 'type'>,
): MentionLink {
  const link = { uri: document.uri.toString(), start, end };
  return named ? { ...link, name: named.name, type: named.type } : link;
}

function commandLink(label: string, command: string, link: MentionLink): string {
  return `[${escapeMarkdown(label)}](command:${command}?${encodeForLink(JSON.stringify([link]))})`;
}

/** Returns the links to accept, reject or change the entity, or to undo an earlier decision. */
function curationLine({ document, entity, isCurated }: HoverFacts): string {
  const link = linkTo(document, entity, entity);
  const links: readonly (readonly [label: string, command: string])[] = isCurated
    ? [[vscode.l10n.t('Undo'), commandIds.undoEntity]]
    : [
        [vscode.l10n.t('Accept'), commandIds.acceptEntity],
        [vscode.l10n.t('Reject'), commandIds.rejectEntity],
        [vscode.l10n.t('Change type'), commandIds.retypeEntity],
      ];
  return links.map(([label, command]) => commandLink(label, command, link)).join(separator);
}

function modelLine({ model, entity }: HoverFacts): string {
  const figures = figuresFor(entity.type, model.measured).map(({ set, f1 }) =>
    vscode.l10n.t('F1 on {0}: {1}', set, Math.round(f1)),
  );
  return [modelIdentity(model), ...figures].map(escapeMarkdown).join(separator);
}

/** Escapes markup, links and icons. Blanks stay breakable. */
function escapeMarkdown(text: string): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return new vscode.MarkdownString().appendText(folded).value.replaceAll('&nbsp;', ' ');
}
