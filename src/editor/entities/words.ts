import * as vscode from 'vscode';

/** A count with the thousands separators of the user's language. */
export function count(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

export function percent(probability: number): string {
  return `${Math.round(probability * 100)} %`;
}

export function mentions(value: number): string {
  return value === 1 ? vscode.l10n.t('1 mention') : vscode.l10n.t('{0} mentions', count(value));
}

export function names(value: number): string {
  return value === 1 ? vscode.l10n.t('1 name') : vscode.l10n.t('{0} names', count(value));
}

export function documents(value: number): string {
  return value === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', count(value));
}

/** What a model that reads each pair of names by itself was not asked, so that it ends; `undefined` for none. */
export function pairsNotAsked(value: number): string | undefined {
  if (value === 0) return undefined;
  return value === 1
    ? vscode.l10n.t('1 pair of names not asked about')
    : vscode.l10n.t('{0} pairs of names not asked about', count(value));
}

export function entities(value: number): string {
  return value === 1 ? vscode.l10n.t('1 entity') : vscode.l10n.t('{0} entities', count(value));
}
