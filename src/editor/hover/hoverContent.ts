import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import { modelIdentity } from '../../protocol/modelName';
import { commandIds } from '../commandIds';
import { toRange } from '../convert';
import { typeName } from '../entities/typeLooks';
import { formatCount, formatPercent } from '../entities/countLabels';
import { figuresFor, nearestOthers, type MentionKnowledge } from './mentionKnowledge';
import { conceptLines, synonymsLine, type LinkingState } from './conceptLines';
import { linksFor, literatureLinks, type Link } from './databaseLinks';
import { commandLink, escapeMarkdown, linkTo, separator } from './markdown';
import type { RelatedName } from './relatedNames';

export interface HoverFacts extends MentionKnowledge {
  readonly document: vscode.TextDocument;
  readonly model: ModelInfo;
  /** True if the user has accepted the name or changed its type. */
  readonly isCurated: boolean;
  /** True if the user chose the concept for the name, or that it has none. */
  readonly isChosen: boolean;
  readonly linking: LinkingState;
  /** Names that are related to it in this document, from the relations found so far. */
  readonly related: readonly RelatedName[];
  /** Number of mentions in other documents of tagged folders; undefined if no folder was tagged. */
  readonly elsewhere: number | undefined;
}

/** Maximum number of links to other mentions. */
const maxLinkedMentions = 4;

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
      commandIds.chooseConcept,
    ],
  };
  const { entity } = facts;
  const heading = `**${escapeMarkdown(entity.name)}** — ${escapeMarkdown(typeName(entity.type))}${separator}${formatPercent(entity.probability)}`;
  const parts = [
    [heading, longForm(facts)].filter(Boolean).join('  \n'),
    conceptLines(facts).join('  \n'),
    [mentionsLine(facts), synonymsLine(facts)].filter(Boolean).join('  \n'),
    relatedLine(facts),
    searchLinks(facts)
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

/** The entry of a concept is linked beside its identifier, so that only the literature is left to search. */
function searchLinks({ entity: { type, name, concepts = [] }, abbreviation }: HoverFacts): readonly Link[] {
  const [first, second] = concepts;
  if (!first) return linksFor(type, abbreviation?.longText ?? name);
  return literatureLinks(second ? (abbreviation?.longText ?? name) : first.name);
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

/** Returns the links to accept, reject or change the entity, or to undo the latest decision. */
function curationLine({ document, entity, isCurated, isChosen }: HoverFacts): string {
  const link = linkTo(document, entity, entity);
  const judge = [
    [vscode.l10n.t('Accept'), commandIds.acceptEntity],
    [vscode.l10n.t('Reject'), commandIds.rejectEntity],
    [vscode.l10n.t('Change type'), commandIds.retypeEntity],
  ] as const;
  const undo = [vscode.l10n.t('Undo'), commandIds.undoEntity] as const;
  const links = [...(isCurated ? [] : judge), ...(isCurated || isChosen ? [undo] : [])];
  return links.map(([label, command]) => commandLink(label, command, link)).join(separator);
}

function modelLine({ model, entity }: HoverFacts): string {
  const figures = figuresFor(entity.type, model.measured).map(({ set, f1 }) =>
    vscode.l10n.t('F1 on {0}: {1}', set, Math.round(f1)),
  );
  return [modelIdentity(model), ...figures].map(escapeMarkdown).join(separator);
}
