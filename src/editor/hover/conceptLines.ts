/** The lines of a hover about the concept of a mention. */
import * as vscode from 'vscode';
import { conceptUrl } from '../../core/linking/conceptUrl';
import type { Abbreviation, ConceptLink, Entity } from '../../core/types';
import { commandIds } from '../commandIds';
import { formatCount } from '../entities/countLabels';
import { sourcedLabel } from '../entities/conceptLabels';
import { escapeForLink } from './databaseLinks';
import { commandLink, escapeMarkdown, linkTo, separator } from './markdown';
import { nearestOthers } from './mentionKnowledge';
import type { Synonym } from './synonyms';

/**
 * The reason why a mention is not linked. `sought`: no concept was found. `missing`: no terminology is installed, which
 * the hover says. `off`: the hover says nothing.
 */
export type LinkingState = 'sought' | 'missing' | 'off';

export interface ConceptFacts {
  readonly document: vscode.TextDocument;
  readonly entity: Entity;
  readonly abbreviation: Abbreviation | undefined;
  readonly linking: LinkingState;
  /** True if the user chose the concept for the name, or that it has none. */
  readonly isChosen: boolean;
  readonly synonyms: readonly Synonym[];
}

/** Returns one line for each concept, or a line that says why the mention is not linked. */
export function conceptLines(facts: ConceptFacts): readonly string[] {
  const { entity, linking, isChosen } = facts;
  if (entity.concepts?.length) {
    const lines = entity.concepts.map((concept) => conceptLine(concept, facts));
    const last = lines.pop() ?? '';
    return [...lines, [last, chooseLink(facts, vscode.l10n.t('Choose another concept…'))].join(separator)];
  }
  if (linking === 'off') return [];
  if (linking === 'missing' && !isChosen)
    return [escapeMarkdown(vscode.l10n.t('Identifiers: no terminology is installed'))];
  const notLinked = isChosen
    ? [vscode.l10n.t('Not linked'), vscode.l10n.t('your choice')]
    : [vscode.l10n.t('Not linked')];
  return [
    [...notLinked.map(escapeMarkdown), chooseLink(facts, vscode.l10n.t('Choose a concept…'))].join(separator),
  ];
}

function conceptLine(concept: ConceptLink, facts: ConceptFacts): string {
  const { id, name, species } = concept;
  const label = escapeMarkdown(sourcedLabel(concept));
  const url = conceptUrl(id);
  return [
    `**${escapeMarkdown(name)}**`,
    url === undefined ? label : `[${label}](${escapeForLink(url)})`,
    ...(species === undefined ? [] : [escapeMarkdown(species)]),
    escapeMarkdown(methodWords(concept, facts)),
  ].join(separator);
}

/** Says how a link was found. */
function methodWords({ method }: ConceptLink, { abbreviation, isChosen }: ConceptFacts): string {
  switch (method) {
    case 'name':
      return vscode.l10n.t('as written');
    case 'spelling':
      return vscode.l10n.t('other spelling');
    case 'abbreviation':
      return abbreviation
        ? vscode.l10n.t('abbreviation of {0}', abbreviation.longText)
        : vscode.l10n.t('abbreviation');
    case 'context':
      return vscode.l10n.t('from the context');
    case 'user':
      return isChosen ? vscode.l10n.t('your choice') : vscode.l10n.t('your term');
  }
}

function chooseLink({ document, entity }: ConceptFacts, label: string): string {
  return commandLink(label, commandIds.chooseConcept, linkTo(document, entity, entity));
}

/** Maximum number of other names of a concept. */
const maxSynonyms = 5;

/** Returns the other names of the concept in the document, each with a link to its nearest mention and their number. */
export function synonymsLine({ document, entity, synonyms }: ConceptFacts): string {
  if (synonyms.length === 0) return '';
  const names = synonyms.slice(0, maxSynonyms).map(({ name, mentions }) => {
    const [nearest = entity] = nearestOthers(mentions, entity, 1);
    const link = commandLink(name, commandIds.revealMention, linkTo(document, nearest));
    return `${link} (${formatCount(mentions.length)})`;
  });
  const rest = synonyms.length > maxSynonyms ? ', …' : '';
  return `${escapeMarkdown(vscode.l10n.t('Also here as'))}: ${names.join(', ')}${rest}`;
}
