import * as vscode from 'vscode';
import { groupBy } from '../../core/groupBy';
import { differencesBetween, type FieldDifference } from '../../core/records/fieldDifferences';
import type { ReviewState } from '../../core/review/reviewState';
import type { DuplicateLine, ReviewRecord, ReviewSource } from '../../core/review/reviewData';
import { fullName, shortName } from './recordText';

const maxValueLength = 60;

/** Number of characters that two values share and that are shown before their difference. */
const sharedLength = 12;

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
    ...section(
      vscode.l10n.t('Need a look ({0})', doubtful.length),
      doubtful.map((pair) => doubtfulItem(pair, settings.sources)),
    ),
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

/** The differences come first, because VS Code cuts the row. */
function doubtfulItem(pair: Pair, sources: readonly ReviewSource[]): PairItem {
  const { line, kept, duplicate } = pair;
  const fileOf = ({ source }: ReviewRecord): string =>
    sources.find(({ id }) => id === source)?.file ?? source;
  const files = [...new Set([fileOf(kept), fileOf(duplicate)])];
  return {
    pair,
    label: `$(question) ${shortName(kept)}`,
    description: probabilityLabel(line),
    detail: `${differencesLabel(differencesBetween(kept, duplicate))} · ${files.join(' | ')}`,
  };
}

function mergedItem(pair: Pair): PairItem {
  const { line, kept, duplicate } = pair;
  return {
    pair,
    label: `$(git-merge) ${shortName(kept)}`,
    description: reasonLabel(line),
    detail: fullName(duplicate),
  };
}

function separatedItem(pair: Pair): PairItem {
  const { line, kept, duplicate } = pair;
  return {
    pair,
    label: `$(split-horizontal) ${shortName(kept)}`,
    description: line.who ?? '',
    detail: fullName(duplicate),
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
  const shown = differences.filter(({ field }) => field !== 'abstract');
  if (shown.length === 0) return vscode.l10n.t('Same title, authors and year');
  return shown
    .map(({ field, a, b }) => `${fieldLabel(field)}: ${fromDifference(a, b)} | ${fromDifference(b, a)}`)
    .join('; ');
}

/** The value from shortly before the place at which it differs from the other one: long titles often begin alike. */
function fromDifference(value: string, other: string): string {
  if (Math.max(value.length, other.length) <= maxValueLength) return value || '–';
  let same = 0;
  while (same < value.length && value[same] === other[same]) same++;
  const start = value.lastIndexOf(' ', Math.max(0, same - sharedLength)) + 1;
  const rest = value.slice(start);
  const end = rest.length > maxValueLength ? `${rest.slice(0, maxValueLength - 1)}…` : rest || '–';
  return start > 0 ? `… ${end}` : end;
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
