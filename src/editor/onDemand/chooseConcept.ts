import * as vscode from 'vscode';
import type { CuratedName } from '../../core/curation/decisions';
import { nameKey } from '../../core/text/mentions';
import { isMentionLink } from '../commandIds';
import { conceptsLabel } from '../entities/conceptLabels';
import { formatCount } from '../entities/countLabels';
import type { NameNode } from '../entities/entityTree';
import { typeName } from '../entities/typeLooks';
import { announce } from '../commands/announce';
import { pickConcept, type ConceptChoice } from './conceptPicker';
import { noEntityHere } from '../commands/noEntityHere';
import type { CommandParts } from '../commands/parts';
import { isNode } from '../commands/selectedNodes';

type Parts = Pick<CommandParts, 'curation' | 'engine' | 'store' | 'log'>;

/** The names whose concept is chosen: one, or all names of a row of the entities view. They have one type. */
export interface ConceptTarget {
  readonly names: readonly [CuratedName, ...CuratedName[]];
  /** Identifiers of the concepts that they refer to now. */
  readonly current: readonly string[];
}

/** Lets the user choose the concept of a name. The choice applies to all mentions of the name in all documents. */
export async function run(parts: Parts, args: readonly unknown[]): Promise<void> {
  const { curation, engine, log } = parts;
  const { names, current } = conceptTarget(args, parts);
  const [{ name, type }] = names;
  const decisions = await curation.load();
  const choice = await pickConcept({
    title: titleOf(names),
    name,
    type,
    current,
    hasChoice: names.some((each) => decisions.linkFor(each) !== undefined),
    engine,
    log,
  });
  if (choice === undefined) return;
  if (choice === 'undo') await curation.undoLinks(names);
  else await curation.decideLinks(names.map((each) => ({ ...each, concepts: choice })));
  announce(outcome(name, choice));
}

function titleOf([{ name, type }, ...others]: ConceptTarget['names']): string {
  if (others.length === 0) return vscode.l10n.t('Concept of “{0}” ({1})', name, typeName(type));
  const names = [name, ...others.map((each) => each.name)].map((each) => `“${each}”`).slice(0, 3);
  return vscode.l10n.t(
    'Concept of {0} ({1}, names: {2})',
    names.join(', ') + (others.length > 2 ? ' …' : ''),
    typeName(type),
    formatCount(others.length + 1),
  );
}

function outcome(name: string, choice: ConceptChoice): string {
  if (choice === 'undo') return vscode.l10n.t('The choice for “{0}” is undone.', name);
  return choice.length === 0
    ? vscode.l10n.t('“{0}” refers to no concept.', name)
    : vscode.l10n.t('“{0}” refers to {1}.', name, conceptsLabel(choice, name));
}

/**
 * Returns the names that a command refers to: from the clicked row of the list, the link of a hover, or the caret.
 *
 * @throws {BioBertError} if there is no mention.
 */
export function conceptTarget(args: readonly unknown[], { store }: Pick<Parts, 'store'>): ConceptTarget {
  const [first] = args;
  const node = isNode(first) ? first : undefined;
  if (isMentionLink(first) && first.name !== undefined && first.type !== undefined)
    return { names: [{ name: first.name, type: first.type }], current: first.concepts ?? [] };
  if (node?.kind === 'name') return targetOfRow(node);
  const editor = vscode.window.activeTextEditor;
  const entity =
    node?.kind === 'mention'
      ? node.mention.entity
      : editor && store.entityAt(editor.document, editor.selection.active);
  if (entity) {
    const { name, type, concepts = [] } = entity;
    return { names: [{ name, type }], current: concepts.map(({ id }) => id) };
  }
  throw noEntityHere();
}

/** All names of a row refer to the same concept, so a choice is about all of them. */
function targetOfRow({ name, type, spellings, concepts = [] }: NameNode): ConceptTarget {
  const own = nameKey(name);
  const others = new Map(spellings.map((each) => [nameKey(each.name), { name: each.name, type }] as const));
  others.delete(own);
  return { names: [{ name, type }, ...others.values()], current: concepts.map(({ id }) => id) };
}
