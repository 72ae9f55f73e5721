import * as vscode from 'vscode';
import { wholePercent } from '../../core/wholePercent';

/** Formats a number with the thousands separators of the user's language. */
export function formatCount(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

export function formatPercent(probability: number): string {
  return `${wholePercent(probability)} %`;
}

export function mentionsLabel(value: number): string {
  return value === 1 ? vscode.l10n.t('1 mention') : vscode.l10n.t('{0} mentions', formatCount(value));
}

export function namesLabel(value: number): string {
  return value === 1 ? vscode.l10n.t('1 name') : vscode.l10n.t('{0} names', formatCount(value));
}

export function documentsLabel(value: number): string {
  return value === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', formatCount(value));
}

/**
 * `220 papers`; documents that are no publications are counted by themselves.
 *
 * @param others Number of drafts, notes and other documents.
 */
export function papersLabel(papers: number, others = 0): string {
  const counted = papers === 1 ? vscode.l10n.t('1 paper') : vscode.l10n.t('{0} papers', formatCount(papers));
  if (others === 0) return counted;
  if (papers === 0) return documentsLabel(others);
  const rest =
    others === 1
      ? vscode.l10n.t('1 other document')
      : vscode.l10n.t('{0} other documents', formatCount(others));
  return `${counted} · ${rest}`;
}

/** Says how many pairs the relation model skipped to limit its running time; undefined if none. */
export function skippedPairsLabel(value: number): string | undefined {
  if (value === 0) return undefined;
  return value === 1
    ? vscode.l10n.t('1 pair of names was not checked')
    : vscode.l10n.t('{0} pairs of names were not checked', formatCount(value));
}

export function entitiesLabel(value: number): string {
  return value === 1 ? vscode.l10n.t('1 entity') : vscode.l10n.t('{0} entities', formatCount(value));
}
