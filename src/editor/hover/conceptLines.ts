/** The lines of a hover about the concept of a mention. */
import * as vscode from 'vscode';
import { conceptUrl } from '../../core/linking/conceptUrl';
import { nameKey } from '../../core/text/mentions';
import type { Abbreviation, ConceptLink, Entity, Span } from '../../core/types';
import { commandIds } from '../commandIds';
import { formatCount } from '../entities/countLabels';
import { idLabel } from '../entities/conceptLabels';
import { toRange } from '../convert';
import { escapeForLink, searchesOfType } from './databaseLinks';
import { escapeMarkdown } from '../escapeMarkdown';
import { commandLink, linkTo, separator } from './markdown';
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
  const concepts = entity.concepts ?? [];
  if (concepts.length > 0) return concepts.map((concept) => conceptLine(concept, facts));
  if (linking === 'off') return longFormLines(facts);
  if (linking === 'missing' && !isChosen)
    return [
      ...longFormLines(facts),
      escapeMarkdown(vscode.l10n.t('Identifiers: no terminology is installed')),
    ];
  const notLinked = [vscode.l10n.t('Not linked'), ...(isChosen ? [vscode.l10n.t('your choice')] : [])];
  const searches = searchesOfType(entity.type, facts.abbreviation?.longText ?? entity.name);
  const links = searches.map(({ label, url }) => `[${escapeMarkdown(searchLabel(label))}](${url})`);
  return [...longFormLines(facts), [...notLinked.map(escapeMarkdown), ...links].join(separator)];
}

function searchLabel(database: string): string {
  return vscode.l10n.t('Search {0}', database);
}

/** The preferred name, unless it is the name in the text; the identifier, the species, and what is abbreviated. */
function conceptLine(concept: ConceptLink, facts: ConceptFacts): string {
  const { id, name, species } = concept;
  const label = escapeMarkdown(idLabel(id));
  const url = conceptUrl(id);
  const isNew = nameKey(name) !== nameKey(facts.entity.name);
  return [
    ...(isNew ? [`**${escapeMarkdown(name)}**`] : []),
    url === undefined ? label : `[${label}](${escapeForLink(url)})`,
    ...(species === undefined ? [] : [escapeMarkdown(species)]),
    ...longFormLines(facts),
    ...(facts.isChosen ? [escapeMarkdown(vscode.l10n.t('your choice'))] : []),
  ].join(separator);
}

/** Says what a short form stands for, and links to the line that introduces it. */
function longFormLines({ abbreviation, document }: ConceptFacts): readonly string[] {
  if (!abbreviation) return [];
  const line = lineLink(document, abbreviation.short);
  const words = vscode.l10n.t('short for {0} ({1})', abbreviation.longText, '\u0000');
  return [escapeMarkdown(words).replace('\u0000', () => line)];
}

/** A link to the line of a span. */
function lineLink(document: vscode.TextDocument, span: Span): string {
  const label = vscode.l10n.t('line {0}', formatCount(toRange(document, span).start.line + 1));
  return commandLink(label, commandIds.revealMention, linkTo(document, span));
}

/** Says how the concept of a mention was found. */
export function methodWords(
  { method }: ConceptLink,
  { abbreviation, isChosen }: Pick<ConceptFacts, 'abbreviation' | 'isChosen'>,
): string {
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

/** Maximum number of other names of a concept. */
const maxSynonyms = 5;

/** Returns the other names of the concept in the document, each with a link to its nearest mention and their number. */
export function synonymsPart({ document, entity, synonyms }: ConceptFacts): string {
  if (synonyms.length === 0) return '';
  const names = synonyms.slice(0, maxSynonyms).map(({ name, mentions }) => {
    const [nearest = entity] = nearestOthers(mentions, entity, 1);
    const link = commandLink(name, commandIds.revealMention, linkTo(document, nearest));
    return `${link} (${formatCount(mentions.length)})`;
  });
  const rest = synonyms.length > maxSynonyms ? ', …' : '';
  return `${escapeMarkdown(vscode.l10n.t('also as'))} ${names.join(', ')}${rest}`;
}
