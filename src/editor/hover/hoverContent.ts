import * as vscode from 'vscode';
import type { Decided } from '../../core/curation/decisions';
import type { ModelInfo } from '../../protocol/engine';
import { commandIds } from '../commandIds';
import { typeName } from '../entities/typeLooks';
import { formatCount, formatPercent, papersLabel } from '../entities/countLabels';
import type { MentionKnowledge } from './mentionKnowledge';
import { conceptLines, synonymsPart, type LinkingState } from './conceptLines';
import { escapeMarkdown } from '../escapeMarkdown';
import { commandLink, linkTo, separator } from './markdown';
import type { MentionCounts } from '../../runtime/folder/mentionsInFolder';
import type { Waiting } from './paragraphTagger';
import type { RelatedName } from './relatedNames';

export interface HoverFacts extends MentionKnowledge {
  readonly document: vscode.TextDocument;
  readonly model: ModelInfo;
  /** The decision of a person that accepted the name, added it or changed its type; undefined if there is none. */
  readonly decision: Decided | undefined;
  /** True if the user chose the concept for the name, or that it has none. */
  readonly isChosen: boolean;
  readonly linking: LinkingState;
  /** Names that are related to it in this document, from the relations found so far. */
  readonly related: readonly RelatedName[];
  /** True if the mentions are those of a file of several papers, and not of the paper alone. */
  readonly isFileOfPapers: boolean;
  /** The mentions in other papers of the folder; undefined if no folder was read. */
  readonly elsewhere: MentionCounts | undefined;
}

/**
 * Returns the content of a hover: the name with its type, its concept, and where else it is mentioned. What the model is
 * and how it found the name is behind the link _Details_.
 *
 * Text of the document is inserted with {@link escapeMarkdown} only.
 */
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
      commandIds.mentionDetails,
    ],
  };
  const parts = [
    [heading(facts), ...conceptLines(facts), mentionsLine(facts), relatedLine(facts)],
    [actionsLine(facts)],
  ];
  return content.appendMarkdown(parts.map((lines) => lines.filter(Boolean).join('  \n')).join('\n\n'));
}

/** Returns the hover that is shown while a paragraph is read for longer than a reader waits. */
export function waitingHover(waiting: Waiting): vscode.MarkdownString {
  const words =
    waiting === 'loading'
      ? vscode.l10n.t('Loading the model … Rest the pointer here again in a moment.')
      : vscode.l10n.t('Reading this paragraph … Rest the pointer here again in a moment.');
  const content = new vscode.MarkdownString(`$(loading~spin) ${escapeMarkdown(words)}`);
  content.supportThemeIcons = true;
  return content;
}

/** A name that a person has judged does not show a probability, since the model did not have the last word. */
function heading({ entity: { name, type, probability }, decision }: HoverFacts): string {
  const certainty = decision ? decidedBy(decision) : formatPercent(probability);
  const words = [escapeMarkdown(typeName(type)), escapeMarkdown(certainty)].join(separator);
  return `**${escapeMarkdown(name)}** — ${words}`;
}

/** Says who judged a name. */
export function decidedBy({ by }: Decided): string {
  return by === undefined ? vscode.l10n.t('checked by a person') : vscode.l10n.t('checked by {0}', by);
}

/** Returns the number of mentions in the document and in the folder, the other names, and Find all. */
function mentionsLine(facts: HoverFacts): string {
  const { mentions, elsewhere, entity, document, isFileOfPapers } = facts;
  const parts: string[] = [];
  if (mentions) parts.push(escapeMarkdown(countHere(mentions.length, isFileOfPapers)));
  if (elsewhere) parts.push(escapeMarkdown(elsewhereLabel(elsewhere)));
  parts.push(synonymsPart(facts));
  const findAll = vscode.l10n.t('Find all');
  parts.push(commandLink(findAll, commandIds.findAllMentions, linkTo(document, entity, entity)));
  return parts.filter(Boolean).join(separator);
}

/** `24 more in 11 papers` */
function elsewhereLabel({ mentions, papers, documents }: MentionCounts): string {
  if (mentions === 0) return vscode.l10n.t('none elsewhere in this folder');
  return vscode.l10n.t('{0} more in {1}', formatCount(mentions), papersLabel(papers, documents));
}

function relatedLine({ related, document }: HoverFacts): string {
  if (related.length === 0) return '';
  const names = related.map(({ name, relation, probability, evidence }) => {
    const link = commandLink(name, commandIds.revealMention, linkTo(document, evidence));
    return `${link} (${escapeMarkdown(relation.replace(/_/g, ' '))}, ${formatPercent(probability)})`;
  });
  return `${escapeMarkdown(vscode.l10n.t('Related here'))}: ${names.join(', ')}`;
}

/** The count of a file of records covers several papers, which it says. */
function countHere(mentions: number, isFileOfPapers: boolean): string {
  if (isFileOfPapers)
    return mentions === 1
      ? vscode.l10n.t('1 mention in this file')
      : vscode.l10n.t('{0} mentions in this file', formatCount(mentions));
  return mentions === 1
    ? vscode.l10n.t('1 mention here')
    : vscode.l10n.t('{0} mentions here', formatCount(mentions));
}

/** Returns the links to judge the entity or to undo the latest decision, to change its concept, and to its details. */
function actionsLine({ document, entity, decision, isChosen, linking }: HoverFacts): string {
  const link = linkTo(document, entity, entity);
  const judge = [
    [vscode.l10n.t('Accept'), commandIds.acceptEntity],
    [vscode.l10n.t('Reject'), commandIds.rejectEntity],
  ] as const;
  const retype = [vscode.l10n.t('Change type'), commandIds.retypeEntity] as const;
  const undo = [vscode.l10n.t('Undo'), commandIds.undoEntity] as const;
  const concept = [vscode.l10n.t('Change concept'), commandIds.chooseConcept] as const;
  const details = [vscode.l10n.t('Details'), commandIds.mentionDetails] as const;
  const links = [
    ...(decision ? [] : judge),
    retype,
    ...(decision || isChosen ? [undo] : []),
    ...(linking === 'sought' || isChosen ? [concept] : []),
    details,
  ];
  return links.map(([label, command]) => commandLink(label, command, link)).join(separator);
}
