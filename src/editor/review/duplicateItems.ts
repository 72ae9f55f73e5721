import * as vscode from 'vscode';
import { groupBy } from '../../core/groupBy';
import { differencesBetween, type FieldDifference } from '../../core/records/fieldDifferences';
import type { ReviewState } from '../../core/review/reviewState';
import type { DuplicateLine, ReviewRecord } from '../../core/review/reviewData';
import { shortName } from './recordText';

const maxValueLength = 60;

/** Two records and what is known about them. */
export interface Pair {
  readonly line: DuplicateLine;
  readonly kept: ReviewRecord;
  readonly duplicate: ReviewRecord;
}

export interface PairItem extends vscode.QuickPickItem {
  /** Undefined for a heading. */
  readonly pair?: Pair;
}

/** The pairs that a person has to decide on, the most probable duplicates first. */
export function doubtfulPairs({ records, duplicates }: ReviewState): readonly Pair[] {
  const pairs = pairsOf(duplicates.doubtful, records);
  return pairs.toSorted((a, b) => (b.line.probability ?? 0) - (a.line.probability ?? 0));
}

/** Doubtful pairs first, then what was merged, import by import, then the pairs that a person separated. */
export function pairItems(state: ReviewState): readonly PairItem[] {
  const { settings, records, duplicates } = state;
  const doubtful = doubtfulPairs(state);
  const merged = groupBy(pairsOf(duplicates.merged, records), ({ duplicate }) => duplicate.source);
  const bySource = settings.sources.flatMap(({ id, file, database }) => {
    const pairs = merged.get(id) ?? [];
    return section(
      vscode.l10n.t('Merged: {0}, {1} ({2})', database, file, pairs.length),
      pairs.map(mergedItem),
    );
  });
  const separated = pairsOf(duplicates.separated, records);
  return [
    ...section(vscode.l10n.t('Need a look ({0})', doubtful.length), doubtful.map(doubtfulItem)),
    ...bySource,
    ...section(vscode.l10n.t('Two publications ({0})', separated.length), separated.map(separatedItem)),
  ];
}

function section(label: string, items: readonly PairItem[]): readonly PairItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function pairsOf(lines: readonly DuplicateLine[], records: readonly ReviewRecord[]): readonly Pair[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return lines.flatMap((line) => {
    const kept = byId.get(line.kept);
    const duplicate = byId.get(line.duplicate);
    return kept && duplicate ? [{ line, kept, duplicate }] : [];
  });
}

function doubtfulItem(pair: Pair): PairItem {
  const { line, kept, duplicate } = pair;
  return {
    pair,
    label: `$(question) ${shortName(kept)}`,
    description: probabilityLabel(line),
    detail: `${shortName(duplicate)} — ${differencesLabel(differencesBetween(kept, duplicate))}`,
  };
}

function mergedItem(pair: Pair): PairItem {
  const { line, kept, duplicate } = pair;
  return {
    pair,
    label: `$(git-merge) ${shortName(kept)}`,
    description: reasonLabel(line),
    detail: shortName(duplicate),
  };
}

function separatedItem(pair: Pair): PairItem {
  const { line, kept, duplicate } = pair;
  return {
    pair,
    label: `$(split-horizontal) ${shortName(kept)}`,
    description: line.who ?? '',
    detail: shortName(duplicate),
  };
}

function reasonLabel(line: DuplicateLine): string {
  switch (line.reason) {
    case 'doi':
      return vscode.l10n.t('same DOI');
    case 'pmid':
      return vscode.l10n.t('same PMID');
    case 'person':
      return vscode.l10n.t('decided by {0}', line.who ?? '');
    default:
      return probabilityLabel(line);
  }
}

function probabilityLabel({ probability }: DuplicateLine): string {
  // Rounding must not call a doubtful pair certain.
  return probability === undefined ? '' : `${Math.min(99, Math.round(probability * 100))} %`;
}

function differencesLabel(differences: readonly FieldDifference[]): string {
  const short = (value: string): string =>
    value.length > maxValueLength ? `${value.slice(0, maxValueLength - 1)}…` : value || '–';
  const shown = differences.filter(({ field }) => field !== 'abstract');
  return shown.map(({ field, a, b }) => `${fieldLabel(field)}: ${short(a)} | ${short(b)}`).join('; ');
}

function fieldLabel(field: FieldDifference['field']): string {
  const labels: Readonly<Record<FieldDifference['field'], string>> = {
    title: vscode.l10n.t('Title'),
    authors: vscode.l10n.t('Authors'),
    year: vscode.l10n.t('Year'),
    journal: vscode.l10n.t('Journal'),
    volume: vscode.l10n.t('Volume'),
    issue: vscode.l10n.t('Issue'),
    pages: vscode.l10n.t('Pages'),
    doi: 'DOI',
    pmid: 'PMID',
    pmcid: 'PMCID',
    types: vscode.l10n.t('Publication type'),
    abstract: vscode.l10n.t('Abstract'),
  };
  return labels[field];
}
