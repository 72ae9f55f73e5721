import * as vscode from 'vscode';
import { nameKey } from '../../core/text/mentions';
import { conceptTexts } from '../entities/conceptLabels';
import { mentionsLabel } from '../entities/countLabels';
import type { EntitySource } from '../entities/entitySource';
import { groupMentions, type MentionGroup } from '../../runtime/folder/grouping';
import { countGroup } from '../../runtime/folder/mentionsInFolder';
import { typeName } from '../entities/typeLooks';
import { createPacer } from '../pacer';
import { type FolderReading, listTitle } from './folderReading';
import { type MentionTarget, targetOfName, targetOfText, wordAtCaret } from './mentionTarget';

interface NameItem extends vscode.QuickPickItem {
  readonly group?: MentionGroup;
}

/** Number of names in the list, the most frequent ones. Others can be typed. */
const maxNames = 5000;

/** Number of synonyms beside a name. */
const maxSynonyms = 12;

/**
 * Asks for a name: the names that were found in the folder, by all their spellings and identifiers, or any text that the
 * user types.
 *
 * @param reading How far the folder has been read, which the list says. Default: to its end.
 * @returns undefined if the user leaves the list. @throws if the index cannot be read.
 */
export async function askForName(
  source: EntitySource,
  reading: FolderReading = 'read',
): Promise<MentionTarget | undefined> {
  const pick = vscode.window.createQuickPick<NameItem>();
  pick.title = listTitle(reading);
  pick.placeholder = vscode.l10n.t('Choose a name, or type one and press Enter');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const word = wordAtCaret();
  const first =
    word === undefined ? [] : [{ label: word, description: vscode.l10n.t('the word at the caret') }];
  pick.items = first;
  pick.busy = true;
  pick.show();
  const answer = new Promise<NameItem | undefined>((resolve, reject) => {
    pick.onDidAccept(() => {
      const typed = pick.value.trim();
      resolve(pick.selectedItems[0] ?? (typed === '' ? undefined : { label: typed }));
    });
    pick.onDidHide(() => resolve(undefined));
    nameItems(source).then((names) => {
      pick.items = [...first, ...names];
      pick.busy = false;
    }, reject);
  });
  const chosen = await answer.finally(() => pick.dispose());
  if (!chosen) return undefined;
  return chosen.group ? targetOfName(chosen.group, source) : targetOfText(chosen.label);
}

/** The names of the index and of open documents, the most frequent first. Copies of a paper count once, as in the list. */
async function nameItems(source: EntitySource): Promise<readonly NameItem[]> {
  await source.restore();
  const all = source.all();
  const pace = createPacer();
  const documents = new Map(all.map((each) => [each.document, each]));
  const counted: { readonly group: MentionGroup; readonly count: number }[] = [];
  for (const group of await groupMentions(all, { keyOf: nameKey, pace })) {
    const pause = pace();
    if (pause) await pause;
    counted.push({ group, count: countGroup(group, documents) });
  }
  return counted
    .sort((a, b) => b.count - a.count)
    .slice(0, maxNames)
    .map(({ group, count }) => ({
      label: group.name,
      description: `${typeName(group.type)} · ${mentionsLabel(count)}`,
      detail: synonymsOf(group).join(', '),
      group,
    }));
}

function synonymsOf({ name, spellings, concepts = [] }: MentionGroup): readonly string[] {
  const written = spellings.toSorted((a, b) => b.count - a.count).map((each) => each.name);
  const others = [...conceptTexts(concepts), ...written].filter((each) => each !== name);
  return [...new Set(others)].slice(0, maxSynonyms);
}
