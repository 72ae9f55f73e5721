import * as vscode from 'vscode';
import type { Entity, Span } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import { modelIdentity } from '../../protocol/modelName';
import { commandIds, type MentionLink } from '../commandIds';
import { toRange } from '../convert';
import { typeName } from '../entities/typeLooks';
import { count, percent } from '../entities/words';
import { figuresFor, nearestOthers, type MentionKnowledge } from './knowledge';
import { encodeForLink, linksFor } from './links';
import type { RelatedName } from './related';

export interface HoverFacts extends MentionKnowledge {
  readonly document: vscode.TextDocument;
  readonly model: ModelInfo;
  /** Whether a person has said that the name is right, or what it is. */
  readonly isCurated: boolean;
  /** What it is related to in this document, as far as that is known. */
  readonly related: readonly RelatedName[];
  /** Mentions in other documents of a tagged folder; undefined when none was tagged. */
  readonly elsewhere: number | undefined;
}

/** Links to other mentions in one hover: more would not be read. */
const linkedMentions = 4;

/** A separator that does not join what it separates when it is read aloud. */
const dot = ' · ';

/** What the hover says; the picture is in the design notes. Document text gets in by {@link plain} alone. */
export function mentionHover(facts: HoverFacts): vscode.MarkdownString {
  const content = new vscode.MarkdownString();
  // Only these of our commands can be run by a link, whatever the document contains.
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
  const heading = `**${plain(entity.name)}** — ${plain(typeName(entity.type))}${dot}${percent(entity.probability)}`;
  const parts = [
    [heading, longForm(facts)].filter(Boolean).join('  \n'),
    mentionsLine(facts),
    relatedLine(facts),
    linksFor(entity.type, facts.abbreviation?.longText ?? entity.name)
      .map(({ label, url }) => `[${label}](${url})`)
      .join(dot),
    modelLine(facts),
    curationLine(facts),
  ];
  return content.appendMarkdown(parts.filter(Boolean).join('\n\n'));
}

/** Shown where the model is not ready in the time that a hover may take. */
export function loadingHover(): vscode.MarkdownString {
  const content = new vscode.MarkdownString(`$(loading~spin) ${plain(vscode.l10n.t('Loading the model …'))}`);
  content.supportThemeIcons = true;
  return content;
}

function longForm({ abbreviation, document }: HoverFacts): string | undefined {
  if (!abbreviation) return undefined;
  const line = lineLink(document, abbreviation.short);
  const introduced = vscode.l10n.t('abbreviation introduced on {0}', '\u0000');
  return `${plain(abbreviation.longText)} (${plain(introduced).replace('\u0000', () => line)})`;
}

/** Here, with links to the nearest others; in the folder; and the way to all of them. */
function mentionsLine({ mentions, elsewhere, entity, document }: HoverFacts): string {
  const parts: string[] = [];
  if (mentions) {
    const others = nearestOthers(mentions, entity, linkedMentions);
    const lines = uniqueLines(document, others).map((span) => lineLink(document, span));
    parts.push([plain(countHere(mentions.length)), lines.join(', ')].filter(Boolean).join(': '));
  }
  if (elsewhere !== undefined) {
    parts.push(plain(vscode.l10n.t('{0} in this folder', count(elsewhere + (mentions?.length ?? 0)))));
  }
  const findAll = vscode.l10n.t('Find all');
  parts.push(commandLink(findAll, commandIds.findAllMentions, linkTo(document, entity, entity)));
  return parts.join(dot);
}

function relatedLine({ related, document }: HoverFacts): string {
  if (related.length === 0) return '';
  const names = related.map(({ name, relation, probability, evidence }) => {
    const link = commandLink(name, commandIds.revealMention, linkTo(document, evidence));
    return `${link} (${plain(relation.replace(/_/g, ' '))}, ${percent(probability)})`;
  });
  return `${plain(vscode.l10n.t('Related here'))}: ${names.join(', ')}`;
}

function countHere(mentions: number): string {
  return mentions === 1
    ? vscode.l10n.t('1 mention here')
    : vscode.l10n.t('{0} mentions here', count(mentions));
}

/** Of several mentions in a line, the first. */
function uniqueLines(document: vscode.TextDocument, spans: readonly Span[]): Span[] {
  const byLine = new Map<number, Span>();
  for (const span of spans) {
    const { line } = toRange(document, span).start;
    if (!byLine.has(line)) byLine.set(line, span);
  }
  return [...byLine.values()];
}

function lineLink(document: vscode.TextDocument, span: Span): string {
  const label = vscode.l10n.t('line {0}', count(toRange(document, span).start.line + 1));
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
  return `[${plain(label)}](command:${command}?${encodeForLink(JSON.stringify([link]))})`;
}

/** The last line: what the reader says counts for more than what the model does. */
function curationLine({ document, entity, isCurated }: HoverFacts): string {
  const link = linkTo(document, entity, entity);
  const links: readonly (readonly [label: string, command: string])[] = isCurated
    ? [[vscode.l10n.t('Take back'), commandIds.undoEntity]]
    : [
        [vscode.l10n.t('Accept'), commandIds.acceptEntity],
        [vscode.l10n.t('Reject'), commandIds.rejectEntity],
        [vscode.l10n.t('Change type'), commandIds.retypeEntity],
      ];
  return links.map(([label, command]) => commandLink(label, command, link)).join(dot);
}

function modelLine({ model, entity }: HoverFacts): string {
  const figures = figuresFor(entity.type, model.measured).map(({ set, f1 }) =>
    vscode.l10n.t('F1 on {0}: {1}', set, Math.round(f1)),
  );
  return [modelIdentity(model), ...figures].map(plain).join(dot);
}

/** Escapes text for Markdown: nothing in it is markup, a link or an icon any more. Lines may break at its blanks. */
function plain(text: string): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return new vscode.MarkdownString().appendText(folded).value.replaceAll('&nbsp;', ' ');
}
