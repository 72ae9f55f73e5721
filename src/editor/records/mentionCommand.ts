import * as vscode from 'vscode';
import { announce } from '../commands/announce';
import type { CommandParts } from '../commands/parts';
import { formatCount, mentionsLabel } from '../entities/countLabels';
import { withCancel } from '../progress';
import { askForName } from './askForName';
import { findPlaces } from './mentionPlaces';
import { mentionTarget } from './mentionTarget';
import { showMentions } from './mentionsView';

type Parts = Pick<CommandParts, 'source' | 'settings' | 'view' | 'leftOut' | 'log'>;

/** Runs the command Find All Mentions; see `RecordsBundle`. */
export async function findAllMentions(args: readonly unknown[], parts: Parts): Promise<void> {
  const target = mentionTarget(args, parts.source, parts.view) ?? (await askForName(parts.source));
  if (!target) return;
  const { papers, copied } = await withCancel(vscode.l10n.t('Finding mentions'), (signal, report) =>
    findPlaces(target, parts, { signal, report }),
  );
  const mentions = papers.reduce((sum, { places }) => sum + places.length, 0);
  if (mentions === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No mention of {0} was found.', target.name));
    return;
  }
  await showMentions(target.name, papers);
  announce([`${target.name}: ${mentionsLabel(mentions)}`, ...copiesLabel(copied)].join(' · '));
}

function copiesLabel(copied: number): readonly string[] {
  return copied === 0 ? [] : [vscode.l10n.t('{0} more in copies of the same papers', formatCount(copied))];
}
