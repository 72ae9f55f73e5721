import * as vscode from 'vscode';
import { isString } from '../../protocol/guards';
import { formatCount, papersLabel, skippedPairsLabel } from '../entities/countLabels';
import type { FolderIndex } from './folderIndex';

/** `220 papers · up to date · 1 left out`. Empty if nothing is indexed. */
export function indexSummary({ state, work }: Pick<FolderIndex, 'state' | 'work'>): string {
  const { stats, isUpToDate, leftOut } = state;
  if (stats.passages === 0 && leftOut === 0) return '';
  const unfinished = work ? vscode.l10n.t('reading') : vscode.l10n.t('incomplete');
  const parts = [
    papersLabel(stats.papers, stats.otherDocuments),
    isUpToDate ? vscode.l10n.t('up to date') : unfinished,
    leftOut === 0 ? undefined : vscode.l10n.t('{0} left out', formatCount(leftOut)),
    skippedPairsLabel(stats.skippedPairs),
  ];
  return parts.filter(isString).join(' · ');
}
